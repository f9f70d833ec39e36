/** Words of `status` and `list`: the records this bot keeps, for one person. */
/** For notifications and screen readers. */
export const unsettledTitle = 'Your submissions that are not settled';
export const listTitle = "Your latest submissions, and the team's";

export const needsYou = '*Needs you*';
export const underWay = '*Under way*';
export const nothingOpen =
  "Nothing of yours is under way, and nothing needs you. The bot's home tab has all deals.";
export const yours = '*Yours*';
export const team = "*The team's*";
export const noneOfYours = 'You have submitted nothing with this bot yet.';
export const noneOfTeam = 'Nobody else has submitted anything with this bot yet.';
/** `count` is capped: `orMore` says so. */
export const andMore = (count: number, orMore: boolean): string =>
  `and ${count}${orMore ? ' or more' : ''} more`;
export const review = (shown: string): string => `AWS's review: ${shown}`;
export const by = (person: string): string => `by ${person}`;
export const howToSeeOne =
  'My Home tab has all deals; `/submit-opportunity status O1234567` asks AWS about one.';

export const noRecord = (id: string): string => `*This bot has no record of ${id}.*`;
export const ofCustomer = (customer: string, answer: string): string => `*${customer}*: ${answer}`;
/** What `person` saved in Slack, on its way; `inDoubt`: AWS may have it already. */
export const openEdit = (person: string, inDoubt: boolean): string =>
  inDoubt
    ? `${person} has changed it in Slack. Whether AWS has the changes isn't known yet; we are looking.`
    : `${person} has changed it in Slack. The changes are on their way to AWS.`;
export const toSubmit = (id: string): string => `\`/submit-opportunity ${id}\` opens the form to submit it.`;
export const notThere = (id: string, catalog: string): string =>
  `*AWS doesn't find ${id}.* This bot looks in ${catalog}. If it was just created, ask again in a moment; otherwise check the ID.`;
