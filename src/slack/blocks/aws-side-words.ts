/** Words for AWS's own side of a deal. */
export const people = "*AWS's people on it*";
export const noPeople = 'AWS names nobody of its own on it yet.';
export const nextBestActions = '*What AWS suggests next*';
/** How AWS takes part in selling it. */
export const cosellMotion = 'AWS co-sell motion';
export const engagementScore = 'AWS engagement score';
export const opportunityQuality = 'AWS opportunity quality';
export const quality = (score: string, trend: string | undefined): string =>
  trend === undefined ? score : `${score} (${trend})`;
export const recommendations = '*AWS recommends*';
/** What AWS's known types of recommendations are about ("Recommendation", models of the official client); others are shown as they are. */
export const recommendationTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    OpportunityQuality: "The deal's quality",
    SolutionRecommendation: 'A solution',
    SpecialistRecommendation: 'A specialist',
  }),
);
/** The same in a line that has more in it. */
export const aws = '*AWS*';
export const engagementInShort = (score: string): string => `engagement ${score}`;
export const qualityInShort = (quality: string): string => `quality ${quality}`;
export const recommends = (what: string): string => `recommends ${what}`;
export const recommendedInShort: ReadonlyMap<string, string> = new Map(
  Object.entries({
    OpportunityQuality: 'more on the deal',
    SolutionRecommendation: 'a solution',
    SpecialistRecommendation: 'a specialist',
  }),
);
export const couldNotRead = "AWS's side of the deal couldn't be read just now.";
export const andMore = (count: number): string => `and ${count} more`;

/** AWS's codes for what its people are; a code that isn't here is shown as it is. */
export const businessTitles: ReadonlyMap<string, string> = new Map(
  Object.entries({
    AWSSalesRep: 'AWS sales representative',
    AWSAccountOwner: 'AWS account owner',
  }),
);
