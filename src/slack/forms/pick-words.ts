/**
 * What the choice of an opportunity says. A line of the list takes 75 characters, and so does what stands below it.
 */
export const label = 'Opportunities';
export const hint = (most: number): string => `One or several, up to ${most}.`;
export const placeholder = 'Customer, ID or stage';

/** `searched`: what was typed after the command, quoted. */
export const matches = (count: number, searched: string): string =>
  count === 1 ? `One deal matches ${searched}.` : `${count} deals match ${searched}.`;
export const noMatch = (searched: string): string => `No deal that can be submitted matches ${searched}.`;
export const notSearched = (searched: string): string =>
  `We couldn't search for ${searched} yet. Search here.`;

export const oneNeeded = 'Choose one here, or type its ID below.';
export const notIds = (unread: string): string => `Not an opportunity ID: ${unread}.`;
export const notAnOpportunity = 'That line is no opportunity. Choose another, or type an ID below.';

export const noCustomer = 'Customer not given';
export const noStage = 'No stage';
export const closes = (day: string): string => `closes ${day}`;
export const noCloseDate = 'no close date';

/** Names of what is shown; nothing that can be chosen. */
export const firstOf = (shown: number, all: string): string =>
  `The first ${shown} of ${all}: type to narrow down`;
export const soFar = (count: string): string => `AWS hasn't answered fully: ${count} so far`;
export const reaches = (count: string): string => `Among the ${count} most recently changed`;
export const byId = 'By its ID';

/** Look this one up, though the list hasn't got it. */
export const lookUp = 'Not in the list: look it up';

/** Said in place of a list: what is true, and what to do. */
export interface Note {
  readonly text: string;
  readonly next: string;
}

export const notes = {
  nothing: {
    text: 'There is nothing to submit',
    next: 'AWS lists none as Pending Submission. Look any other up by its ID.',
  },
  tooMany: { text: 'Nothing like that among the most recently changed', next: 'Type or paste its ID below.' },
  noneYet: {
    text: "Nothing like that yet: AWS hasn't answered fully",
    next: 'Type again in a moment, or an ID below.',
  },
  busy: { text: "AWS hasn't answered yet", next: 'Type again in a moment, or an ID below.' },
  operator: {
    text: "The bot can't sign in to AWS right now",
    next: 'Please tell whoever runs it.',
  },
  refused: {
    text: "AWS doesn't let this bot list opportunities",
    next: 'Type an ID below, and please tell whoever runs the bot.',
  },
  ours: { text: 'Something went wrong on our side', next: 'Type again in a moment, or an ID below.' },
  unknownForm: { text: 'This form is no longer valid', next: 'Please give the command again.' },
  permissionUnknown: {
    text: "We couldn't check whether you may do this",
    next: "Slack didn't answer. Type again in a moment.",
  },
  guest: {
    text: "Guests can't look up or submit opportunities",
    next: 'Ask a full member of this workspace.',
  },
  'other-workspace': {
    text: "People of other workspaces can't do this",
    next: 'Ask your contact in the workspace of this bot.',
  },
  'not-listed': {
    text: "You can't submit yet",
    next: 'Ask whoever runs this bot.',
  },
  channel: {
    text: "This bot isn't used in this channel",
    next: 'Ask whoever runs it where it is.',
  },
} as const satisfies Record<string, Note>;
