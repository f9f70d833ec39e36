import { CLOSED_LISTS } from '../src/aws/lists.ts';

const { 'Customer.Account.Address.CountryCode': _countries, ...LISTS } = CLOSED_LISTS;

/** Values of AWS's lists, countries and states apart: those are names of places, and some are people's too. */
export const LIST_VALUES: readonly string[] = [
  ...Object.values(LISTS).flat(),
  'Pending Submission',
  'Submitted',
  'In review',
  'Approved',
  'Rejected',
  'Action Required',
  'PDM',
  'PSM',
  'ISVSM',
  'WWPSPDM',
  'AWSSalesRep',
  'AWSAccountOwner',
  'OpportunityOwner',
  'PartnerAccountManager',
];

/** How AWS names members, exceptions, codes and what it says of them; no word here is anybody's name. */
const API = `
  a about above access account action activities activity additional address after again all allowed already also amazon amazonaws amount an and any apn are as asked
  assign assigned assignee associate associated association associations at attribute available aws be because been before being benefit between body both business but by
  calculator campaign can cannot cant catalog change changed changes channels characters check city click client close closed code codes com comments committed common company competitor
  complete completed conflict conflicting conflicts constraint contact contacts contain contains coral cosell could country create created creation currency current customer data date days
  default delivery demo denied describe description details detected did different disallowed display do does doesnt dont draft due duns duplicate during duration each edit editable
  editing email empty endpoint engaged engagement engagements entity enum equal error errors estimation exception exceeded exist exists expected expiration expired external failed false
  field fields fill filled filter find first for format forbidden found frequency from full funding future get given greater had has have header history http https id identifier identifiers
  if in include incompatible incorrect industry information input insights integration interface internal international into invalid invitation involvement is isnt it item items its job json
  language last later latest launched least left length less life cycle lifecycle limit limited limits list listed locked lost made make management mandatory marketing marketplace match matching
  max maximum may member members message min minimum missing mixed model models modified monthly more most motion must name national needed needs negative new next no non none not null
  number object of offer offers once one only open operation opportunities opportunity optional or origin other owner page parameter part partition partner partners past pattern payment
  pending perform performed permitted phone please postal present presented previous prior problem product products program programs project property prospect provide provided proxy qualified
  quality quota range rate read reason recommendations record recorded reference referral refused regular rejected related removed request requested requests required resource resources response
  restricted result retry revenue review reviewed role rule rules same sandbox satisfy schema score security see selling sensitive server service set sets several should size snapshot software
  solution solutions sort source specified spend stage start state status step steps still stored street string submission submit submitted success successful summaries summary support system tag
  tags target task team technical term than that the their them then there these they this throttling time timeout title to today token too total transition trend true type unable undefined
  unexpected unique unknown unless unsupported until up update updated upper url usage use used user using valid validation value values version visibility visible was wait wasnt web website were
  what when where whether which while who will with within without words would wrong xml year yes you your zip
  primary case cases names redshift partnerintegrationapi region effective competitors comments history notes insight weekly yearly
  aggregate arn category categories coselling details edition html iam ids optimized optimization optimizations potential savings solutions spends timestamp transfer usd eur
  x amzn amz requestid errortype trace content keep alive connection
`;

const wordsOf = (text: string): readonly string[] => text.match(WORD) ?? [];
const WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;

const WORDS: ReadonlySet<string> = new Set(
  [API, ...LIST_VALUES].flatMap((text) => wordsOf(text).map((word) => word.toLowerCase())),
);

/** No pattern below takes long on that many characters. */
const LONGEST_TEXT = 1_000;

/** A text in which every word that AWS isn't known to use is `…`, and so are numbers with four digits or more. */
export const scrubbed = (text: string): string =>
  text
    .slice(0, LONGEST_TEXT)
    .replaceAll(/arn:\S+/gi, '…')
    .replaceAll(/\S*@\S*/g, '…')
    .replaceAll(/[^\x20-\x7e]+/g, '…')
    .replaceAll(/\d+(?:[-. ]\d+)*/g, (number) => (number.length > 3 ? '…' : number))
    .replaceAll(WORD, (word) => (WORDS.has(word.toLowerCase()) ? word : '…'))
    .replaceAll(/…(?:[^A-Za-z]*…)+/g, '…');

/** A code, a status or a field's name as AWS wrote it, where it is made of words that AWS uses; else `…`. */
export const seenWord = (text: string): string =>
  text.length <= 100 && scrubbed(text) === text ? text : '…';
