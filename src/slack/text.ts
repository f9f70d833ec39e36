import { readable } from '../aws/values.ts';
import { FORGOTTEN } from '../database/schema.ts';
import { parseOpportunityId } from './opportunity-ids.ts';

/** Makes a value when it is first asked for, and keeps it: where it costs much to make and may not be needed at all. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * Escapes what others wrote for Slack's mrkdwn, so that it can't mention, link or call a channel. Formatting
 * characters are set apart with word joiners, which Slack doesn't show; it doesn't document whether that always keeps
 * it from formatting, so at worst such text looks bold or struck.
 * "Formatting message text: Escaping text", https://docs.slack.dev/messaging/formatting-message-text
 */
export function escapeMrkdwn(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[*_~`]/g, (sign) => `\u2060${sign}\u2060`);
}

/**
 * At most `length` UTF-16 units; what is left out shows as an ellipsis. Never cuts a character in two. Slack
 * doesn't say what it counts: UTF-16 units are the most that anything counts.
 */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (kept.length + segment.length > length - 1) break;
    kept += segment;
  }
  return length < 1 ? '' : `${kept}…`;
}

/**
 * What others wrote, ready for mrkdwn and not longer than `length` once escaped: cutting after escaping could
 * cut an escape in two, cutting only before it could let the escapes overflow.
 */
export function foreign(text: string, length: number): string {
  const plain = readable(text).trim();
  for (let size = length; size > 0; size = Math.floor(size * 0.75)) {
    const escaped = escapeMrkdwn(cut(plain, size));
    if (escaped.length <= length) return escaped;
  }
  return '';
}

/** What there is of these, in one line. */
export const inOneLine = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');

const PIECES_SHOWN = 5;

/** The first few of what somebody typed, in one line, and how many more there are. */
export function someOf(pieces: readonly string[]): string {
  const more = pieces.length - PIECES_SHOWN;
  return `${pieces.slice(0, PIECES_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A person, as a mention that Slack shows by their name; words in its place once they were forgotten on request. */
export const mention = (userId: string): string =>
  userId === FORGOTTEN ? 'somebody no longer on record' : `<@${foreign(userId, 30)}>`;

/** A person, a user group or a channel, by what its ID begins with, as Slack shows it by its name. */
export function mentionAny(id: string): string {
  const shown = foreign(id, 30);
  if (id.startsWith('S')) return `<!subteam^${shown}>`;
  return /^[CG]/.test(id) ? `<#${shown}>` : mention(id);
}

/** A moment that everyone reads in their own time zone. "Date formatting", https://docs.slack.dev/messaging/formatting-message-text */
export function moment(date: Date): string {
  return `<!date^${Math.floor(date.getTime() / 1000)}^{date_short_pretty} {time}|${fallback(date)}>`;
}

/** The time alone, of a moment that is minutes away. */
export const timeOfDay = (date: Date): string =>
  `<!date^${Math.floor(date.getTime() / 1000)}^{time}|${date.toISOString().slice(11, 16)} UTC>`;

const fallback = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

// Each is made once: it takes longer than everything else in a form together. And not before a form needs it: with the
// first one, 9 MB of ICU's data come into memory.
const mediumDay = once(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }));
const plainNumber = once(() => new Intl.NumberFormat('en-US'));
const amountIn = (currency: string) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency, maximumFractionDigits: 2 });
const dollars = once(() => amountIn('USD'));
const countryNames = once(() => new Intl.DisplayNames('en', { type: 'region' }));

/** A day as AWS writes it (`YYYY-MM-DD`), the way people read it; anything else as it came. */
export function day(text: string): string {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // 30 February would come back as 2 March.
  if (date === undefined || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) return text;
  return mediumDay().format(date);
}

/** Some eleven months (milliseconds), within which a day and its month name only one day. */
const NEAR_MS = 330 * 24 * 60 * 60 * 1000;

/** The same, without the year where the day is within the next eleven months. */
export function dayAhead(text: string, now: Date): string {
  const ahead = Date.parse(text) - now.getTime();
  return ahead > 0 && ahead < NEAR_MS ? day(text).replace(/ \d{4}$/, '') : day(text);
}

/** An amount (a decimal number as text) with its currency. Whatever isn't one comes back as it was. */
export function money(amount: string, currency: string | undefined): string {
  const value = Number(amount);
  if (amount.trim() === '' || !Number.isFinite(value)) return amount;
  if (currency === undefined || !/^[A-Z]{3}$/.test(currency)) return plainNumber().format(value);
  return (currency === 'USD' ? dollars() : amountIn(currency)).format(value);
}

/** The same, rounded, for a line that has more in it: `$18.5K`. */
export function moneyInShort(amount: string, currency: string | undefined): string {
  const value = Number(amount);
  if (amount.trim() === '' || !Number.isFinite(value)) return amount;
  const short = { notation: 'compact', maximumFractionDigits: 1 } as const;
  if (currency === undefined || !/^[A-Z]{3}$/.test(currency)) {
    return new Intl.NumberFormat('en-US', short).format(value);
  }
  return new Intl.NumberFormat('en-US', { ...short, style: 'currency', currency }).format(value);
}

/** A country's name for its ISO 3166 code; anything else as it came. */
export function country(code: string | undefined): string | undefined {
  if (code === undefined || !/^[A-Z]{2}$/.test(code)) return code;
  // It is on AWS's list and no country any more: Intl names its largest part, which has a code of its own.
  if (code === 'AN') return 'Netherlands Antilles';
  return countryNames().of(code);
}

/** Partner Central's front page, where no page of a single deal is known. */
const FRONT_PAGE = 'https://partnercentral.awspartner.com/';

/** The address of a deal's page in Partner Central, with `{id}` in place of its ID; undefined: none is known. */
export type DealPage = string | undefined;

/** Where a button leads that opens a deal in Partner Central. */
export const dealUrl = (opportunityId: string, dealPage: DealPage): string =>
  dealPage?.replaceAll('{id}', encodeURIComponent(opportunityId)) ?? FRONT_PAGE;

const CUSTOMER_LENGTH = 80;

/** A deal by its customer, where they may be named, and its ID; mrkdwn. */
export function dealName(opportunityId: string, customer: string | undefined, dealPage: DealPage): string {
  const name = foreign(customer ?? '', CUSTOMER_LENGTH).replaceAll('\n', ' ');
  const id = linkedId(opportunityId, dealPage);
  return name === '' ? `*${id}*` : `*${name}* · ${id}`;
}

/** A deal's ID in mrkdwn, leading to its page where one is known. Not for notifications, which show a link as text. */
export const linkedId = (opportunityId: string, dealPage: DealPage): string =>
  linked(foreign(opportunityId, 30), opportunityId, dealPage);

/** Another text about the deal, leading there too. `shown`: mrkdwn, escaped. */
export function linked(shown: string, opportunityId: string, dealPage: DealPage): string {
  if (dealPage === undefined || parseOpportunityId(opportunityId) !== opportunityId) return shown;
  // Whether Slack would show a second bar isn't known.
  return `<${dealUrl(opportunityId, dealPage).replaceAll('&', '&amp;')}|${shown.replaceAll('|', '¦')}>`;
}

// Words that several messages, answers and forms share.

export const requestId = (id: string): string => `AWS request ID: ${id}`;
export const notification = (headline: string, id: string): string => `${headline}: ${id}`;

export const forOpportunity = (action: string, id: string): string => `${action}, opportunity ${id}`;

/** What buttons and titles say. */
export const LABEL = {
  tryNow: 'Try now',
  cancel: 'Cancel',
  letGo: 'Let it go',
  checkStatus: 'Check status',
  showDetails: 'Details',
  history: 'History',
  tryAgain: 'Try again',
  partnerCentral: 'Open in Partner Central',
  openForm: 'Open the form',
} as const;

export const standsAlone =
  'This stands here, and not in a thread, because the message it belongs to was deleted or takes no replies.';

export const awsExplanation = "*AWS's own words*";
export const unknownSubmission =
  'This bot has no record of that submission any more. Partner Central shows where the opportunity stands.';

export const somethingWrong =
  "Something went wrong on our side, and we can't say what came of that. Please try again: a form that was sent makes one request, however often it is sent.";
