/** Words for whoever wasn't understood. */
export const notUnderstood = (typed: string): string => `I didn't get ${typed}.`;
export const didYouMean = 'Did you mean this?';
export const whatAbout = (ids: string): string => `What about ${ids}?`;
export const hint = 'An opportunity ID is `O` and up to 19 digits.';

export const buttons = { help: 'Help', list: 'My list', pick: 'Pick a deal' } as const;
export const submit = (ids: string): string => `Submit ${ids}…`;
export const status = (id: string | undefined): string =>
  id === undefined ? 'My status' : `Status of ${id}`;
export const several = (count: number): string => `${count} deals`;
