/** What no rehearsal finds out: it needs Production, breaks a quota, or asks for somebody's eyes. */
export interface ByHand {
  readonly asks: string;
  readonly why: string;
  readonly steps: readonly string[];
}

export const BY_HAND: readonly ByHand[] = [
  {
    asks: 'Does a submission by SubmitOpportunity alone reach AWS sellers in Production?',
    why: 'only with a real deal, in Production',
    steps: [
      'Submit one deal for Co-Sell that is meant to be submitted, with the bot.',
      'In Partner Central, look at it the next day: is somebody of AWS on it, is it in review?',
      'Ask your partner manager whether AWS sellers see it.',
      'Note the answers of ListEngagementResourceAssociations and GetAwsOpportunitySummary for it.',
    ],
  },
  {
    asks: 'Does an update that leaves the review status out empty it in Production too?',
    why: 'it would harm a real deal; AWS Support mends one',
    steps: ['Ask AWS Support, with the answers to the claim status-left-out at hand.'],
  },
  {
    asks: 'Do the rules that Sandbox was seen to have hold in Production?',
    why: 'only refusals of real deals show it',
    steps: ['Keep what History shows of each refusal: the codes, the fields, and the request ID.'],
  },
  {
    asks: 'How is a request answered that is one too many?',
    why: 'it needs 20 writes and 50 reads in a second, which everything else that uses the account would feel',
    steps: [
      'In a Sandbox account that nothing else uses, send 50 ListOpportunities at once.',
      'Note the status, the headers and the body of the first refusal.',
      'Send 20 UpdateOpportunity for one made-up deal at once, and note the same.',
    ],
  },
  {
    asks: 'Does a link to a deal work in the console, for Sandbox, and for the older portal?',
    why: 'only a browser with a person signed in shows it',
    steps: [
      'Open https://us-east-1.console.aws.amazon.com/partnercentral/opportunities/ with the ID of a Sandbox deal behind it.',
      'Do the same in an account that is not in the new console yet.',
      'Where it works, set PARTNER_CENTRAL_LINK (docs/settings.md).',
    ],
  },
  {
    asks: 'Is a Marketplace offer associated by its ARN?',
    why: 'it needs an offer of yours, and an offer belongs to one deal',
    steps: [
      'Find a private offer for trying (Marketplace Catalog API, ListEntities with EntityType Offer).',
      'Associate its ARN with a made-up deal by AssociateOpportunity, type AwsMarketplaceOffers, and note the answer.',
      'Note how GetOpportunity shows it, and take it off again by DisassociateOpportunity.',
    ],
  },
  {
    asks: 'Do events arrive for Sandbox deals, and how many for one submission?',
    why: 'they go through your own EventBridge rule and queue',
    steps: [
      'Set up events (docs/events.md), stop the bot, and run a rehearsal.',
      'Look at the messages in the queue: which detail types, how long after the time of each request.',
    ],
  },
];
