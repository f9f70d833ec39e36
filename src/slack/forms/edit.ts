import type {
  InputBlock,
  InputBlockElement,
  KnownBlock,
  ModalView,
  PlainTextElement,
  PlainTextOption,
} from '@slack/types';
import { countryCodes, primaryNeeds } from '../../aws/lists.ts';
import { type Catalog, catalogMeaning } from '../../aws/terms.ts';
import type { Typed } from '../../edits/edit.ts';
import type { Field } from '../../edits/fields.ts';
import type { Fix } from '../../edits/fix.ts';
import { editedFieldName } from '../../opportunities/field-names.ts';
import { context, foreignPlain, plain, section } from '../blocks/elements.ts';
import { refusalText } from '../blocks/saying.ts';
import { type DealPage, linkedId } from '../deal-page.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { country, cut, day, foreign, mention, once } from '../text.ts';
import * as words from './edit-words.ts';
import { commentsBlock, notReadBlocks } from './look.ts';
import { findingLines } from './readiness.ts';
import { noticeView } from './submit.ts';
import { cancel, permissionUnknown } from './words.ts';

/** The modal for whoever wants to edit a deal: the form, or what is true instead of it. */
export function fixView(
  fix: Fix,
  at: {
    readonly formId: string;
    readonly opportunityId: string;
    readonly catalog: Catalog;
    readonly dealPage: DealPage;
  },
): ModalView {
  const { formId, opportunityId } = at;
  const { title } = words;
  const say = (...blocks: readonly KnownBlock[]) => noticeView(formId, blocks, { title });
  const sayAgain = (...blocks: readonly KnownBlock[]) =>
    noticeView(formId, blocks, { lookAgain: { opportunityId }, title });
  switch (fix.type) {
    case 'form':
      return fixFormView(fix, at.dealPage);
    case 'not-permitted':
      return say(section(refusalText(fix.why)));
    case 'permission-unknown':
      return sayAgain(section(permissionUnknown));
    case 'not-visible':
      return say(...notReadBlocks(fix, at));
    case 'not-found':
    case 'operator':
    case 'unavailable':
      return sayAgain(...notReadBlocks(fix, at));
    case 'open':
      return sayAgain(section(words.open(mention(fix.edit.userId))));
    case 'being-submitted':
      return say(section(words.beingSubmitted));
    case 'not-editable':
      return sayAgain(
        section(
          fix.review.status === 'none' ? words.noStatus : words.notEditable(foreign(fix.review.shown, 100)),
        ),
      );
    case 'lacks':
      return sayAgain(section(words.lacks(editedFieldName(fix.lack))));
    case 'redacted':
      return sayAgain(section(words.redacted));
    case 'nothing-here':
      return say(section(words.nothingHere));
  }
}

function fixFormView(fix: Extract<Fix, { type: 'form' }>, dealPage: DealPage): ModalView {
  const { form, fields, kept, findings } = fix;
  const sendsBack = form.editing.status === 'Action Required';
  return {
    type: 'modal',
    callback_id: CALLBACK.fix,
    private_metadata: form.id,
    title: plain(sendsBack ? words.sendBackTitle : words.fixTitle, LIMITS.viewTitle),
    submit: plain(sendsBack ? words.sendBack : words.save, LIMITS.viewTitle),
    close: plain(cancel, LIMITS.viewTitle),
    blocks: [
      section(words.opportunity(linkedId(form.opportunityId, dealPage))),
      context(`*${catalogMeaning(form.catalog)}*`),
      ...introduction(fix),
      ...(kept.size === 0 ? [] : [section(words.kept)]),
      { type: 'divider' },
      ...fields.map((field) => fixInput(field, kept.get(field.path))),
      ...(fix.addsMarketing ? [context(words.addsMarketing)] : []),
      context(findings.length === 0 && form.nationalSecurity ? words.nationalSecurity : words.elsewhere),
    ],
  };
}

function introduction({ form, opportunity, findings }: Extract<Fix, { type: 'form' }>): KnownBlock[] {
  if (form.editing.status === 'Pending Submission') {
    // Somebody else has mended it all: what is kept of the person's own is there to be compared.
    if (findings.length === 0) return [];
    return [section([words.asksFor, ...findingLines(findings)].join('\n'))];
  }
  return [section(words.sendsBack), ...(form.nationalSecurity ? [] : [commentsBlock(opportunity)])];
}

/** Characters of what AWS has now, below what a person typed. */
const NOW_LENGTH = 1900;

/** A field's input, filled in; `kept`: what the person typed before, where AWS has something else. */
export function fixInput(field: Field, kept: Typed | undefined): InputBlock {
  const { path, value } = field;
  const isKept = kept !== undefined && !sameTyped(kept, value);
  const element = elementOf(field, isKept ? kept : value);
  const below = isKept ? words.awsHas(shownValue(field)) : hints.get(path);
  return {
    type: 'input',
    block_id: path,
    // What is there and can't be done without can't be emptied; what is missing keeps nobody from saving the rest.
    optional: !field.needed || value === '',
    label: plain(editedFieldName(path), 2000),
    element,
    ...(below === undefined ? {} : { hint: foreignPlain(below, NOW_LENGTH) }),
  };
}

const hints: ReadonlyMap<string, string> = new Map([
  ['RelatedEntityIdentifiers.Solutions', words.solutionHint],
]);

const sameTyped = (one: Typed, other: Typed): boolean =>
  typeof one === 'string' || typeof other === 'string'
    ? one === other
    : JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());

function shownValue({ kind, value }: Field): string {
  if (typeof value !== 'string') return value.join(', ');
  if (kind === 'day') return day(value);
  return kind === 'country' ? (country(value) ?? '') : value;
}

function elementOf({ kind, most, choices = [] }: Field, value: Typed): InputBlockElement {
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'line':
    case 'paragraph':
      return {
        type: 'plain_text_input',
        action_id: ACTION.field,
        max_length: most,
        multiline: kind === 'paragraph' || text.includes('\n'),
        ...(text === '' ? {} : { initial_value: text }),
      };
    case 'day':
      return {
        type: 'datepicker',
        action_id: ACTION.field,
        ...(text === '' ? {} : { initial_date: text }),
      };
    case 'list': {
      const options = withValue(
        choices.map((choice) => option(choice, choice)),
        text,
      );
      return {
        type: 'static_select',
        action_id: ACTION.field,
        options: [...options],
        ...initially(chosenIn(options, text)),
      };
    }
    case 'country': {
      const countries = withValue(countryOptions(), text);
      return {
        type: 'static_select',
        action_id: ACTION.field,
        option_groups: byLetter(countries),
        ...initially(chosenIn(countries, text)),
      };
    }
    case 'needs':
      return needsElement(typeof value === 'string' ? [] : value);
    case 'solution':
      return {
        type: 'external_select',
        action_id: ACTION.pickSolution,
        placeholder: plain(words.solutionPlaceholder, 150),
        min_query_length: 0,
        ...initially(text === '' ? undefined : option(text, text)),
      };
  }
}

const initially = (initial: PlainTextOption | undefined) =>
  initial === undefined ? {} : { initial_option: initial };

/** Checkboxes take ten options: where AWS has added to its own, a list takes them all. */
function needsElement(needs: readonly string[]): InputBlockElement {
  const options = [...new Set([...primaryNeeds, ...needs])].map((need) => option(need, need));
  const initial = options.filter(({ value }) => needs.includes(value ?? ''));
  return {
    type: options.length > LIMITS.checkboxes ? 'multi_static_select' : 'checkboxes',
    action_id: ACTION.field,
    options,
    ...(initial.length === 0 ? {} : { initial_options: initial }),
  };
}

const option = (text: string, value: string): PlainTextOption => ({
  text: foreignPlain(text, LIMITS.optionText),
  value: cut(value, LIMITS.optionValue),
});

const countryOptions = once(() =>
  countryCodes
    .map((code) => option(country(code) ?? code, code))
    .sort((one, other) => one.text.text.localeCompare(other.text.text, 'en')),
);

/** What is there now can be chosen even where our list hasn't got it. */
const withValue = (options: readonly PlainTextOption[], value: string): readonly PlainTextOption[] =>
  value === '' || options.some((each) => each.value === value) ? options : [option(value, value), ...options];

const chosenIn = (options: readonly PlainTextOption[], value: string): PlainTextOption | undefined =>
  options.find((each) => each.value === value);

/** A group takes 100 options, and there are more countries. */
function byLetter(
  options: readonly PlainTextOption[],
): { label: PlainTextElement; options: PlainTextOption[] }[] {
  const groups = Map.groupBy(options, ({ text }) => initialOf(text.text));
  return [...groups].map(([letter, grouped]) => ({
    label: plain(letter, LIMITS.optionText),
    options: grouped,
  }));
}

const initialOf = (text: string): string => text.normalize('NFD').charAt(0).toUpperCase() || '-';
