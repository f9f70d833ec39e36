import type { KnownBlock, ModalView } from '@slack/types';
import type { Catalog } from '../../partner-central/operations.ts';
import type { Fix } from '../../submissions/changes/fix.ts';
import { changedFieldName } from '../../submissions/field-names.ts';
import * as words from '../../words/fix.ts';
import { cancel, permissionUnknown } from '../../words/modal.ts';
import { catalogMeaning } from '../../words/terms.ts';
import { type DealPage, linkedId } from '../deal-page.ts';
import { CALLBACK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { foreign, mention } from '../text.ts';
import { context, plain, section } from './elements.ts';
import { fixInput } from './fix-input.ts';
import { commentsBlock, notReadBlocks } from './look.ts';
import { findingLines } from './readiness.ts';
import { refusalText } from './refusal.ts';
import { noticeView } from './submit-modal.ts';

/** The modal for whoever wants to change a deal: the form, or what is true instead of it. */
export function fixView(
  fix: Fix,
  at: {
    readonly draftId: string;
    readonly opportunityId: string;
    readonly catalog: Catalog;
    readonly dealPage: DealPage;
  },
): ModalView {
  const { draftId, opportunityId } = at;
  const { title } = words;
  const say = (...blocks: readonly KnownBlock[]) => noticeView(draftId, blocks, { title });
  const sayAgain = (...blocks: readonly KnownBlock[]) =>
    noticeView(draftId, blocks, { lookAgain: { opportunityId }, title });
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
      return sayAgain(section(words.open(mention(fix.change.userId))));
    case 'being-submitted':
      return say(section(words.beingSubmitted));
    case 'not-editable':
      return sayAgain(
        section(
          fix.review.status === 'none' ? words.noStatus : words.notEditable(foreign(fix.review.shown, 100)),
        ),
      );
    case 'lacks':
      return sayAgain(section(words.lacks(changedFieldName(fix.lack))));
    case 'redacted':
      return sayAgain(section(words.redacted));
    case 'nothing-here':
      return say(section(words.nothingHere));
  }
}

function fixFormView(form: Extract<Fix, { type: 'form' }>, dealPage: DealPage): ModalView {
  const { draft, fields, kept, findings } = form;
  const sendsBack = draft.door === 'Action Required';
  return {
    type: 'modal',
    callback_id: CALLBACK.fix,
    private_metadata: draft.id,
    title: plain(sendsBack ? words.sendBackTitle : words.fixTitle, LIMITS.viewTitle),
    submit: plain(sendsBack ? words.sendBack : words.save, LIMITS.viewTitle),
    close: plain(cancel, LIMITS.viewTitle),
    blocks: [
      section(words.opportunity(linkedId(draft.opportunityId, dealPage))),
      context(`*${catalogMeaning(draft.catalog)}*`),
      ...introduction(form),
      ...(kept.size === 0 ? [] : [section(words.kept)]),
      { type: 'divider' },
      ...fields.map((field) => fixInput(field, kept.get(field.path))),
      ...(form.addsMarketing ? [context(words.addsMarketing)] : []),
      context(findings.length === 0 && draft.nationalSecurity ? words.nationalSecurity : words.elsewhere),
    ],
  };
}

function introduction({ draft, opportunity, findings }: Extract<Fix, { type: 'form' }>): KnownBlock[] {
  if (draft.door === 'Pending Submission') {
    // Somebody else has mended it all: what is kept of the person's own is there to be compared.
    if (findings.length === 0) return [];
    return [section([words.asksFor, ...findingLines(findings)].join('\n'))];
  }
  return [section(words.sendsBack), ...(draft.nationalSecurity ? [] : [commentsBlock(opportunity)])];
}
