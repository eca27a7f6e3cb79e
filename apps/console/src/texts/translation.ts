/** What a catalogue in Chinese has to have: the keys of the English one, without the singular that Chinese does not know. */
export type TranslationOf<Catalogue> = { readonly [Key in keyof Catalogue as Key extends `${string}_one` ? never : Key]: string };
