/** What is wrong, and what whoever runs the bot can do about it. No secret in it, and no text of AWS's or Slack's. */
export interface Trouble {
  readonly says: string;
  /** Undefined where `says` says that too. */
  readonly fix?: string;
}

/** In one line, for a log or a terminal. */
export const inWords = ({ says, fix }: Trouble): string => (fix === undefined ? says : `${says} ${fix}`);
