import type { KnownBlock, ModalView, PlainTextElement } from '@slack/types';
import { type Catalog, catalogMeaning } from '../../aws/terms.ts';
import type { Field } from '../../edits/fields.ts';
import type { Fix } from '../../edits/fix.ts';
import { MARKETING_SOURCE, offeredFor } from '../../edits/kinds.ts';
import { editedFieldName, refusedFields } from '../../opportunities/field-names.ts';
import * as readinessWords from '../../opportunities/readiness-words.ts';
import { refusalTexts } from '../blocks/deal.ts';
import { context, plain, refusalText, section, sections } from '../blocks/elements.ts';
import { ACTION, BLOCK, CALLBACK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { type DealPage, escapeMrkdwn, foreign, linkedId, mention, moment } from '../text.ts';
import { confirmation, involvementInput, lockInput, visibilityInput } from './choices.ts';
import { fieldInputs, following, type ShownBlock } from './edit-inputs.ts';
import * as words from './edit-words.ts';
import { commentsBlock, notReadBlocks } from './look.ts';
import { findingLines } from './readiness.ts';
import { doubtBlocks, noticeView } from './submit.ts';
import { cancel, lockOption, permissionUnknown } from './words.ts';

type FixForm = Extract<Fix, { type: 'form' }>;

/** What stands in the way of a submission: what AWS refused, and when; then what it will also ask for. */
const obstacles = (fix: FixForm): KnownBlock[] => [
  ...doubtBlocks(fix.doubt),
  ...refused(fix),
  ...(fix.findings.length === 0
    ? []
    : sections([
        fix.refusal === undefined ? words.asksFor : words.alsoAsksFor,
        ...findingLines(fix.findings),
      ])),
];

/** Fields that are chosen below rather than changed. */
const CHOICES: readonly string[] = ['InvolvementType', 'Visibility'];

/** A National Security deal shows nothing of what AWS objects to. */
function refused({ refusal, form, fields }: FixForm): KnownBlock[] {
  if (refusal === undefined) return [];
  const { fieldErrors } = refusal.problem;
  const isHere = (path: string) =>
    fields.some((field) => field.path === path || field.path.startsWith(`${path}[`));
  const lines = refusedFields(fieldErrors).map(({ name, problem }) => {
    const paths = fieldErrors
      .filter((error) => refusedFields([error])[0]?.name === name)
      .flatMap(({ fieldName = '' }) => (CHOICES.includes(fieldName) ? [] : [offeredFor(fieldName)]));
    const isElsewhere = paths.some((offered) => !offered.some(isHere));
    return `• *${foreign(name, 150)}*: ${escapeMrkdwn(problem)}${isElsewhere ? `. ${words.changedElsewhere}` : ''}`;
  });
  const shown = form.nationalSecurity ? [] : lines.length > 0 ? lines : refusalTexts(refusal.problem);
  return [section([words.refusedAt(moment(refusal.at)), ...shown].join('\n'))];
}

/** How it is submitted once it is saved: asked for again, as in the form for submitting. */
const submitBlocks = ({ form, isBlocked }: FixForm): KnownBlock[] => [
  { type: 'divider' },
  context(words.howToSubmit),
  involvementInput(ACTION.involvementType, form.choices?.involvementType),
  visibilityInput(ACTION.visibility, form.choices?.visibility ?? 'Full'),
  ...(isBlocked
    ? [
        confirmation({
          blockId: BLOCK.anyway,
          actionId: ACTION.anyway,
          label: readinessWords.anywayLabel,
          option: readinessWords.anywayOption,
          explained: readinessWords.anywayExplained,
          value: 'anyway',
        }),
      ]
    : []),
  ...(form.catalog === 'AWS' ? [lockInput(lockOption)] : []),
];

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
    submit: plain(sendsBack ? words.sendBack : words.saveAndSubmit, LIMITS.viewTitle),
    close: plain(cancel, LIMITS.viewTitle),
    blocks: [
      section(words.opportunity(linkedId(form.opportunityId, dealPage))),
      context(`*${catalogMeaning(form.catalog)}*`),
      ...introduction(fix),
      ...(kept.size === 0 ? [] : [section(words.kept)]),
      { type: 'divider' },
      ...fieldInputs(fields, kept),
      ...(fix.addsMarketing ? [context(words.addsMarketing(isOffered(MARKETING_SOURCE, fields)))] : []),
      context(findings.length === 0 && form.nationalSecurity ? words.nationalSecurity : words.elsewhere),
      ...(sendsBack ? [] : submitBlocks(fix)),
    ],
  };
}

function introduction(fix: Extract<Fix, { type: 'form' }>): KnownBlock[] {
  const { form, opportunity } = fix;
  if (form.editing.status === 'Pending Submission') return obstacles(fix);
  return [section(words.sendsBack), ...(form.nationalSecurity ? [] : [commentsBlock(opportunity)])];
}

const isOffered = (path: string, fields: readonly Field[]): boolean =>
  fields.some((field) => field.path === path);

/** The open form after a choice on which other fields depend: the same but for those. */
export const withFollowing = (view: EditFormShown, chosen: ReadonlyMap<string, string>): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK.fix,
  private_metadata: view.private_metadata,
  title: view.title,
  ...(view.submit === null ? {} : { submit: view.submit }),
  close: plain(cancel, LIMITS.viewTitle),
  blocks: [...[...chosen].reduce((blocks, [leader, value]) => following(blocks, leader, value), view.blocks)],
});

/** What Slack sends of an open form. */
interface EditFormShown {
  readonly private_metadata: string;
  readonly title: ModalView['title'];
  readonly submit: PlainTextElement | null;
  readonly blocks: readonly ShownBlock[];
}
