import type { RuleName } from '../submissions/readiness.ts';

/** What readiness says. `problem` reads after the field's name; `todo` is what to do about it. */
export const ready = '*Ready.* It has everything AWS is known to ask for.';
export const readySoFar = '*Ready so far.*';
export const probablyRefused = '*AWS will probably refuse this:*';
export const worthImproving = '*Worth improving:*';
export const dependsOnInvolvement =
  'What AWS asks for depends on the involvement; choose it to see the rest.';
export const andMore = (count: number): string => `• and ${count} more`;

export const anywayLabel = 'Submit it all the same?';
export const anywayOption = 'Yes, submit it as it is';
export const anywayExplained = 'AWS decides. What it refuses can be changed and submitted again.';
export const anywayMissing =
  'AWS will probably refuse this as it is. Change it first, with Fix this here or in Partner Central, or confirm that you want to submit it as it is.';

export const findings: Readonly<Record<RuleName, { readonly problem: string; readonly todo: string }>> = {
  'stage-early': { problem: 'is Prospect, or missing', todo: 'AWS takes opportunities from Qualified on.' },
  'stage-lost': { problem: 'is Closed Lost', todo: 'A lost deal is not submitted.' },
  solution: {
    problem: 'is missing',
    todo: 'Associate a Partner Solution or an AWS Marketplace product.',
  },
  'close-date': { problem: 'is missing or in the past', todo: 'Set a date from today on.' },
  title: { problem: 'is missing or too long', todo: 'Write up to 255 characters.' },
  'business-problem': { problem: 'is missing, too short or too long', todo: 'Write 20 to 2,000 characters.' },
  'business-problem-short': {
    problem: 'is short',
    todo: 'Reviewers ask for more; 50 characters are a good start.',
  },
  'use-case': { problem: 'is missing', todo: 'Choose the one that fits best.' },
  'sales-activities': { problem: 'are missing', todo: 'Choose what has been done so far.' },
  'delivery-model': { problem: 'is missing', todo: 'Choose at least one.' },
  'expected-spend': {
    problem: 'is missing or incomplete',
    todo: 'Give an amount above 0, with currency, frequency and target company.',
  },
  'primary-needs': { problem: 'are missing', todo: 'Co-Sell needs at least one.' },
  'company-name': { problem: 'is missing', todo: "Give the customer's name." },
  website: {
    problem: "is missing, or isn't a public web address",
    todo: "Give the customer's public website.",
  },
  industry: { problem: 'is missing', todo: "Choose the customer's industry." },
  'other-industry': { problem: 'is missing', todo: 'With the industry Other, say which.' },
  country: { problem: 'is missing', todo: "Choose the customer's country." },
  state: { problem: 'is missing', todo: 'In the United States AWS asks for the state.' },
  'postal-code': { problem: 'is missing', todo: 'Give it, if the country has one.' },
  contacts: { problem: 'are missing', todo: 'For Co-Sell, name somebody at the customer.' },
  'next-steps': { problem: 'are missing', todo: 'For Co-Sell, say what comes next.' },
  'marketing-source': { problem: 'is missing', todo: 'Say whether the deal came from marketing.' },
  'no-campaign': {
    problem: 'is given without a marketing source',
    todo: 'Choose the source, or empty the campaign.',
  },
  'national-security-industry': {
    problem: 'needs the industry Government',
    todo: 'Choose that industry, or take the mark off.',
  },
  'national-security-involvement': {
    problem: 'is For Visibility Only',
    todo: 'AWS takes National Security deals as Co-Sell only.',
  },
  'related-opportunity': {
    problem: 'is missing',
    todo: 'For a Flat Renewal, name the opportunity that is renewed.',
  },
};
