/** AWS's words for these three, in AWS's spelling. */
export const CATALOGS = ['AWS', 'Sandbox'] as const;
export const INVOLVEMENTS = ['Co-Sell', 'For Visibility Only'] as const;
export const VISIBILITIES = ['Full', 'Limited'] as const;
export type Catalog = (typeof CATALOGS)[number];
export type InvolvementType = (typeof INVOLVEMENTS)[number];
export type Visibility = (typeof VISIBILITIES)[number];

/** A catalog as people say it. */
export const catalogName = (catalog: Catalog): string => (catalog === 'AWS' ? 'Production' : 'Sandbox');

/** What reaching this catalog means. */
export const catalogMeaning = (catalog: Catalog): string =>
  catalog === 'AWS'
    ? 'Production: AWS sellers see what is submitted'
    : 'Sandbox: nothing reaches AWS sellers';

export const involvementExplained: Readonly<Record<InvolvementType, string>> = {
  'Co-Sell': "AWS helps. It can't become visibility only later.",
  'For Visibility Only': 'AWS only knows of it. It can become Co-Sell later.',
};

export const visibilityExplained: Readonly<Record<Visibility, string>> = {
  Full: 'AWS sellers see the whole deal',
  Limited: 'AWS sellers see a restricted view of it',
};

/** In place of a mention, once a person was forgotten on request. */
export const forgottenPerson = 'somebody no longer on record';

/** What they have chosen there so far. */
export interface Chosen {
  readonly involvementType: InvolvementType | undefined;
  readonly visibility: Visibility;
}
