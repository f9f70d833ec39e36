import type { KnownBlock, ModalView, PlainTextElement } from '@slack/types';
import { type Catalog, catalogMeaning } from '../../aws/terms.ts';
import type { Field } from '../../edits/fields.ts';
import type { Fix } from '../../edits/fix.ts';
import { MARKETING_SOURCE } from '../../edits/kinds.ts';
import { editedFieldName } from '../../opportunities/field-names.ts';
import { context, plain, section } from '../blocks/elements.ts';
import { refusalText } from '../blocks/saying.ts';
import { type DealPage, linkedId } from '../deal-page.ts';
import { CALLBACK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { foreign, mention } from '../text.ts';
import { fieldInputs, following, type ShownBlock } from './edit-inputs.ts';
import * as words from './edit-words.ts';
import { commentsBlock, notReadBlocks } from './look.ts';
import { obstacles, submitBlocks } from './save-and-submit.ts';
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
