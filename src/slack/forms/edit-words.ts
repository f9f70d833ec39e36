import type { FieldProblem } from '../../edits/problems.ts';
import { findings } from '../../opportunities/readiness-words.ts';
import { mendNoStatus } from '../../submissions/outcomes.ts';

/** What the form for changing a deal says. Titles have at most 24 characters. */
export const title = 'Change an opportunity';
export const sendBackTitle = 'Fix and send back';
export const fixTitle = 'Fix before submitting';
export const sendBack = 'Send back to AWS';
export const saveAndSubmit = 'Save and submit';
export const fixAndSendBack = 'Fix and send back';
export const fix = 'Fix';

export const opportunity = (id: string): string => `*Opportunity ${id}*`;
export const sendsBack =
  "*AWS asks for changes.* These are the fields it lets be changed now. By AWS's guide it reviews the opportunity again once they are saved; it is not submitted a second time.";
export const asksFor = '*What AWS will ask for, and can be mended here:*';
export const alsoAsksFor = '*AWS will also ask for:*';
export const refusedAt = (when: string): string => `*AWS refused this ${when}:*`;
export const changedElsewhere = 'Change it in Partner Central.';
export const howToSubmit = 'Once AWS has saved it, it is submitted as chosen here.';
export const elsewhere = 'Anything else is changed in Partner Central.';
export const nationalSecurity =
  "This is a National Security deal: only what AWS doesn't redact can be changed here, and AWS's comments are in Partner Central.";
export const kept =
  '*What you typed is kept.* Below each field that reads differently at AWS stands what AWS has now; saving replaces it.';
export const awsHas = (value: string): string =>
  value === '' ? 'AWS has nothing here now.' : `AWS has now: ${value}`;

export const solutionPlaceholder = 'Name or ID';
/** Below a field, by AWS's path without indexes. */
export const hints: ReadonlyMap<string, string> = new Map([
  [
    'RelatedEntityIdentifiers.Solutions',
    'Your solutions in Partner Central, or the ARN of a solution or product in AWS Marketplace. It is associated with the opportunity.',
  ],
  ['Project.OtherSolutionDescription', 'What you offer, where none of your solutions is it.'],
  ['Project.RelatedOpportunityIdentifier', 'Its ID: O and digits.'],
  ['Customer.Contacts.Phone', 'With + and the country code, digits only: +4755512345'],
  ['Marketing.AwsFundingUsed', 'AWS asks this of a marketing activity.'],
]);
export const amountIn = ({
  currency,
  monthly,
}: {
  readonly currency: string;
  readonly monthly: boolean;
}): string => (monthly ? `${currency} a month` : currency);
/** `examples`: postal codes as the country writes them. */
export const postalCodeHint = (examples: readonly string[]): string => `Such as ${examples.join(' or ')}`;
export const solutionNotes = {
  nothing: { text: 'Nothing like that among your solutions', next: 'Only active solutions are listed.' },
  busy: { text: "AWS hasn't answered yet", next: 'Type again in a moment.' },
  operator: { text: "The bot can't sign in to AWS right now", next: 'Please tell whoever runs it.' },
  refused: {
    text: "AWS doesn't let this bot list solutions",
    next: 'Please tell whoever runs the bot.',
  },
} as const;
export const notASolution = 'That line is no solution. Choose another one, or leave it empty.';

const notAccepted = "AWS doesn't take this.";
const own: Readonly<Partial<Record<FieldProblem, string>>> = {
  'too-long': 'That is longer than AWS takes.',
  'not-a-day': 'Choose a date.',
  amount: 'Write an amount above 0, such as 2500.00, without a currency or separators.',
  currency: 'Choose the currency: USD, or EUR in the AWS European Sovereign Cloud.',
  'target-company': 'Choose whose revenue it is: AWS, or Self for your own.',
  frequency: 'Choose how often it comes.',
  'contact-name': 'AWS takes a contact with a first and a last name.',
  email: 'Write an email address.',
  phone: 'Write + and digits only, such as +4755512345.',
  'opportunity-id': 'Write an ID: O and digits.',
};
const ofRules: ReadonlyMap<string, { readonly todo: string }> = new Map(Object.entries(findings));
/** What is wrong with a field, for the place below it. */
export const problem = (found: FieldProblem): string => own[found] ?? ofRules.get(found)?.todo ?? notAccepted;
export const nothingChanged = 'Nothing is changed yet. Change a field, or close the form.';

export const recorded = (sendsItBack: boolean): string =>
  sendsItBack
    ? '*Recorded, on its way to AWS.* You are told what comes of it, here while this stays open, and in a message.'
    : '*Recorded, on its way to AWS.* You are told what comes of it, here while this stays open, and in a message; then it can be submitted.';
export const savingThenSubmitting =
  '*Recorded: it is saved at AWS, then submitted.* You are told what comes of it, here while this stays open, and in a message.';
export const sentBefore =
  'This form was sent before, to submit the deal as it was. Nothing of this was recorded: please open the form again.';
/** `found`: what is in the way. */
export const stillRefused = (found: string): string => `AWS will probably refuse this. ${found}`;
export const pausedNow =
  '*Recorded.* Whoever runs this bot has paused sending: it goes to AWS when that is over, within 24 hours.';
export const openElsewhere = (person: string): string =>
  `*Edits of this opportunity are already on their way.* ${person} saved them. Please wait for what comes of them, then look again. What you typed was not recorded.`;
export const open = (person: string): string =>
  `*Edits of this opportunity are on their way to AWS.* ${person} saved them. Please look again in a moment.`;
export const beingSubmitted =
  '*It is on its way to AWS.* While it is being submitted nothing can be changed here.';
export const notEditable = (shown: string): string =>
  `*Nothing can be changed now.* AWS's review says: *${shown}*.`;
export const noStatus = `*AWS shows no review status for this opportunity*, so nothing is changed from here. ${mendNoStatus}`;
/** `field`: what AWS demands in every update, by a seller's name. */
export const lacks = (field: string): string =>
  `*Nothing can be changed from Slack.* AWS takes no change of an opportunity that lacks this: ${field}. Please fill it in at Partner Central first.`;
export const redacted =
  '*Nothing can be changed from Slack.* AWS shows parts of this opportunity redacted, and a change sends everything back as it is read. Please change it in Partner Central.';
/** `offered`: the form has it among its fields. */
export const addsMarketing = (offered: boolean): string =>
  `AWS demands a marketing source with every change, and this opportunity has none: ${offered ? 'unless you choose one, ' : ''}saving sets it to None (no marketing campaign).`;
export const nothingHere = '*Nothing here can be changed from Slack.* Please change it in Partner Central.';
export const unknownForm = '*This form is no longer valid.* Nothing was recorded. Please open it again.';
export const unknownEdit =
  'This bot has no record of that any more. Partner Central shows where the opportunity stands.';
export const cannotTake =
  "We can't take changes right now, because our own records can't be reached. Nothing was recorded. Please try again in a moment.";
export const inDoubt =
  "We couldn't confirm it. If it was recorded you are told what comes of it; pressing again is safe.";
