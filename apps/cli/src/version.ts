/** The version of this command: put in by the build. */
declare const TRIBUTARY_VERSION: string | undefined;

export const version = typeof TRIBUTARY_VERSION === 'string' ? TRIBUTARY_VERSION : '0.0.0-source';
