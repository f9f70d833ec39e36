/** In place of a person's ID where their records stay. Slack's IDs are capitals and digits: nobody has this one. */
export const FORGOTTEN = 'forgotten';
