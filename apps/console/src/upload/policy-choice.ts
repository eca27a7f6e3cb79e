/** Which policy an upload goes under, and how the API is told. Pure. */

export interface Windows {
  readonly participationMs: number;
  readonly gapMs: number;
  readonly deadlineMs: number;
}

export type PolicyChoice = { readonly kind: 'named'; readonly id: string } | { readonly kind: 'own'; readonly windows: Windows };

export const defaultChoice: PolicyChoice = { kind: 'named', id: 'default' };
export const firstOwnWindows: Windows = { participationMs: 30_000, gapMs: 5_000, deadlineMs: 600_000 };

/** The field `policy`; absent for the default, so that the server's own one counts. */
export function policyField(choice: PolicyChoice): string | undefined {
  if (choice.kind === 'own') return JSON.stringify(choice.windows);
  return choice.id === 'default' ? undefined : choice.id;
}

/** Nobody could come forward after the end. */
export function windowsFit({ participationMs, deadlineMs }: Windows): boolean {
  return participationMs <= deadlineMs && deadlineMs >= 1;
}
