import type { Basis } from '../aws/evidence.ts';
import type { RuleName } from './readiness-rules.ts';

/** Above what is asked for, by how that is known. */
export const refusals: Readonly<Record<Basis, string>> = {
  seen: '*AWS refuses this:*',
  'seen-in-production': '*AWS refused this in Production:*',
  'seen-in-sandbox': '*AWS refused this in Sandbox:*',
  written: "*AWS's guide asks for this:*",
};

/** What readiness says of a field: `problem` reads after the field's name; `todo` is what to do about it. */
export const findings: Readonly<Record<RuleName, { readonly problem: string; readonly todo: string }>> = {
  stage: { problem: 'is missing', todo: 'Partner Central shows it.' },
  'stage-early': {
    problem: 'is Prospect',
    todo: "AWS's guide says Qualified.",
  },
  'stage-lost': { problem: 'is Closed Lost', todo: 'A lost deal is not submitted.' },
  solution: {
    problem: 'is missing',
    todo: 'Associate a Partner Solution or an AWS Marketplace product, or describe another solution.',
  },
  'close-date': {
    problem: "is missing, or isn't after today",
    todo: 'Set a date from tomorrow on, as UTC counts days.',
  },
  'close-date-near': {
    problem: 'is today already in some time zones',
    todo: "By which day AWS goes isn't known; a day later is safe.",
  },
  title: { problem: 'is missing or too long', todo: 'Write up to 255 characters.' },
  'business-problem': { problem: 'is missing, too short or too long', todo: 'Write 20 to 2,000 characters.' },
  'business-problem-short': { problem: 'is short', todo: 'Reviewers may ask for more.' },
  'use-case': { problem: 'is missing', todo: 'Choose the one that fits best.' },
  'use-case-list': { problem: "isn't on AWS's list", todo: 'Choose the one that fits best.' },
  'sales-activities': { problem: 'are missing', todo: 'For Co-Sell, choose what has been done so far.' },
  'sales-activities-visibility': { problem: 'are missing', todo: 'Choose what has been done so far.' },
  'delivery-model': { problem: 'is missing', todo: 'Choose at least one.' },
  'expected-spend': {
    problem: 'is missing or incomplete',
    todo: 'Give an amount above 0, or the link to an estimate.',
  },
  'spend-currency': {
    problem: "isn't the one AWS takes",
    todo: 'It is USD; EUR only in the AWS European Sovereign Cloud.',
  },
  'spend-company': { problem: 'is neither AWS nor Self', todo: 'AWS writes AWS instead.' },
  'primary-needs': { problem: 'are missing', todo: 'Co-Sell needs at least one.' },
  'needs-mixed': {
    problem: 'say that no support is needed, and which',
    todo: 'Choose one or the other.',
  },
  'company-name': { problem: 'is missing', todo: "Give the customer's name." },
  website: {
    problem: "is missing, or isn't a public web address",
    todo: "Give the customer's public website.",
  },
  industry: { problem: 'is missing', todo: "Choose the customer's industry." },
  'other-industry': { problem: 'is missing', todo: 'With the industry Other, say which.' },
  country: { problem: 'is missing', todo: "Choose the customer's country." },
  state: { problem: 'is missing', todo: 'In the United States AWS asks for the state.' },
  'state-list': {
    problem: "isn't on AWS's list of states",
    todo: 'Write it as AWS does, such as New York or Dist. of Columbia.',
  },
  'postal-code': { problem: 'is missing', todo: 'This country has postal codes.' },
  'postal-code-form': {
    problem: "isn't written as AWS expects for this country",
    todo: 'AWS may refuse it afterwards.',
  },
  contacts: { problem: 'are missing', todo: 'For Co-Sell, name somebody at the customer.' },
  'next-steps': { problem: 'are missing', todo: 'For Co-Sell, say what comes next.' },
  'marketing-source': { problem: 'is missing', todo: 'Say whether the deal came from marketing.' },
  'no-campaign': {
    problem: 'or other marketing details are given without a marketing source',
    todo: 'Choose the source, or empty them.',
  },
  'funding-used': {
    problem: 'is missing',
    todo: 'With a marketing activity, say whether development funds were used.',
  },
  'national-security-industry': {
    problem: 'needs the industry Government',
    todo: 'Choose that industry, or take the mark off.',
  },
  'national-security-country': {
    problem: 'needs the country United States',
    todo: 'Choose that country, or take the mark off.',
  },
  'national-security-involvement': {
    problem: 'is For Visibility Only',
    todo: 'AWS takes National Security deals as Co-Sell only.',
  },
  'co-sell-limited': {
    problem: 'is Limited',
    todo: 'With Co-Sell choose Full: AWS was seen to refuse the two together.',
  },
  'related-opportunity': {
    problem: 'is missing',
    todo: 'For a Flat Renewal, name the opportunity that is renewed.',
  },
};
