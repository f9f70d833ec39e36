import type { KnownBlock, ModalView } from '@slack/types';
import { catalogMeaning } from '../../aws/terms.ts';
import { MARKETING_SOURCE, offeredFor } from '../../edits/field-kinds.ts';
import type { Field } from '../../edits/fields.ts';
import type { Fix } from '../../edits/fix.ts';
import { editedFieldName, refusedFields } from '../../opportunities/field-names.ts';
import { mendNoStatus } from '../../submissions/outcomes.ts';
import type { StandingRefusal } from '../../submissions/submission.ts';
import { context, divider, permissionUnknown, refusalText, section, sections } from '../blocks/elements.ts';
import { CALLBACK } from '../ids.ts';
import { type DealPage, escapeMrkdwn, foreign, linkedId, mention } from '../text.ts';
import { anywayInput, choiceInputs, findingLines, lockInput, refusalParagraph } from './choices.ts';
import { fieldInputs, following } from './edit-inputs.ts';
import { type FormShown, modal, noticeView } from './modal.ts';
import type { NotTakenWords } from './requested.ts';
import { commentsBlock, doubtBlocks, notReadBlocks, type OpenModal } from './submit.ts';

/** What the modals about an edit are called where they show no form. */
export const editTitle = 'Change an opportunity';

/** What the form of an edit says where it couldn't be opened or taken. */
export const editUnknownForm = '*This form is no longer valid.* Nothing was recorded. Please open it again.';
export const editCannotTake =
  "We can't take changes right now, because our own records can't be reached. Nothing was recorded. Please try again in a moment.";

/** Why nothing was recorded of an edit. */
export const editNotTaken: Omit<NotTakenWords, 'block'> = {
  title: editTitle,
  unavailable: editCannotTake,
  inDoubt:
    "We couldn't confirm it. If it was recorded you are told what comes of it; pressing again is safe.",
  unknownForm: editUnknownForm,
};

/** A view about an edit that is no form. `lookAgain`: as in `noticeView`. */
export const editNoticeView = (
  formId: string,
  says: string | readonly KnownBlock[],
  lookAgain: readonly string[] = [],
): ModalView => noticeView(formId, says, { title: editTitle, lookAgain });

type FixForm = Extract<Fix, { type: 'form' }>;

/** Where looking again changes nothing. */
const LASTING: readonly Fix['type'][] = ['not-visible', 'not-permitted', 'being-submitted', 'nothing-here'];

/** The modal for whoever wants to edit a deal: the form, or what is true instead of it. */
export function fixView(fix: Fix, at: OpenModal): ModalView {
  if (fix.type === 'form') return fixFormView(fix, at.dealPage);
  const lookAgain = LASTING.includes(fix.type) ? [] : [at.opportunityId];
  return editNoticeView(at.formId, insteadOf(fix, at), lookAgain);
}

function insteadOf(fix: Exclude<Fix, FixForm>, at: OpenModal): string | KnownBlock[] {
  switch (fix.type) {
    case 'not-found':
    case 'not-visible':
    case 'operator':
    case 'unavailable':
      return notReadBlocks(fix, at);
    case 'not-permitted':
      return refusalText(fix.why);
    case 'permission-unknown':
      return permissionUnknown;
    case 'open':
      return `*Edits of this opportunity are on their way to AWS.* ${mention(fix.edit.userId)} saved them. Please look again in a moment.`;
    case 'being-submitted':
      return '*It is on its way to AWS.* While it is being submitted nothing can be changed here.';
    case 'not-editable':
      return fix.review.status === 'none'
        ? `*AWS shows no review status for this opportunity*, so nothing is changed from here. ${mendNoStatus}`
        : `*Nothing can be changed now.* AWS's review says: *${foreign(fix.review.shown, 100)}*.`;
    case 'lacks':
      return `*Nothing can be changed from Slack.* AWS takes no change of an opportunity that lacks this: ${editedFieldName(fix.lack)}. Please fill it in at Partner Central first.`;
    case 'redacted':
      return '*Nothing can be changed from Slack.* AWS shows parts of this opportunity redacted, and a change sends everything back as it is read. Please change it in Partner Central.';
    case 'nothing-here':
      return '*Nothing here can be changed from Slack.* Please change it in Partner Central.';
  }
}

function fixFormView(fix: FixForm, dealPage: DealPage): ModalView {
  const { form, opportunity, fields, kept, findings } = fix;
  const sendsBack = form.editing.status === 'Action Required';
  const comments = form.nationalSecurity ? [] : [commentsBlock(opportunity)];
  return modal(CALLBACK.fix, {
    formId: form.id,
    title: sendsBack ? 'Fix and send back' : 'Fix before submitting',
    submit: sendsBack ? 'Send back to AWS' : 'Save and submit',
    blocks: [
      section(`*Opportunity ${linkedId(form.opportunityId, dealPage)}*`),
      context(`*${catalogMeaning(form.catalog)}*`),
      ...(sendsBack ? [section(SENDS_BACK), ...comments] : obstacles(fix)),
      ...(kept.size === 0 ? [] : [section(KEPT)]),
      divider,
      ...fieldInputs(fields, kept),
      ...(fix.addsMarketing ? [context(marketingAdded(fields))] : []),
      context(findings.length === 0 && form.nationalSecurity ? NATIONAL_SECURITY : ELSEWHERE),
      ...(sendsBack ? [] : submitBlocks(fix)),
    ],
  });
}

const SENDS_BACK =
  "*AWS asks for changes.* These are the fields it lets be changed now. By AWS's guide it reviews the opportunity again once they are saved; it is not submitted a second time.";
const KEPT =
  '*What you typed is kept.* Below each field that reads differently at AWS stands what AWS has now; saving replaces it.';
const NATIONAL_SECURITY =
  "This is a National Security deal: only what AWS doesn't redact can be changed here, and AWS's comments are in Partner Central.";
const ELSEWHERE = 'Anything else is changed in Partner Central.';

function marketingAdded(fields: readonly Field[]): string {
  const unless = fields.some(({ path }) => path === MARKETING_SOURCE) ? 'unless you choose one, ' : '';
  return `AWS demands a marketing source with every change, and this opportunity has none: ${unless}saving sets it to None (no marketing campaign).`;
}

/** What stands in the way of a submission: what AWS refused, and when; then what it will also ask for. */
const obstacles = ({ doubt, refusal, findings, fields, form }: FixForm): KnownBlock[] => [
  ...doubtBlocks(doubt),
  ...(refusal === undefined
    ? []
    : [section(refusalParagraph(refusal, form.nationalSecurity, refusedLines(refusal, fields)))]),
  ...(findings.length === 0
    ? []
    : sections([
        refusal === undefined
          ? '*What AWS will ask for, and can be mended here:*'
          : '*AWS will also ask for:*',
        ...findingLines(findings),
      ])),
];

/** Fields that are chosen below rather than changed. */
const CHOICES: readonly string[] = ['InvolvementType', 'Visibility'];

/** Each field that AWS refused, and where it is to be changed if not here. */
function refusedLines({ problem: { fieldErrors } }: StandingRefusal, fields: readonly Field[]): string[] {
  const isHere = (path: string) =>
    fields.some((field) => field.path === path || field.path.startsWith(`${path}[`));
  return refusedFields(fieldErrors).map(({ name, problem }) => {
    const paths = fieldErrors
      .filter((error) => refusedFields([error])[0]?.name === name)
      .flatMap(({ fieldName = '' }) => (CHOICES.includes(fieldName) ? [] : [offeredFor(fieldName)]));
    const isElsewhere = paths.some((offered) => !offered.some(isHere));
    const where = isElsewhere ? '. Change it in Partner Central.' : '';
    return `• *${foreign(name, 150)}*: ${escapeMrkdwn(problem)}${where}`;
  });
}

/** How it is to be submitted once it is saved, as the form for submitting asks it. */
const submitBlocks = ({ form: { catalog, choices }, isBlocked }: FixForm): KnownBlock[] => [
  divider,
  context('Once AWS has saved it, it is submitted as chosen here.'),
  ...choiceInputs(choices),
  ...(isBlocked ? [anywayInput()] : []),
  ...(catalog === 'AWS' ? [lockInput()] : []),
];

/** The open form after a choice on which other fields depend: the same but for those. */
export const withFollowing = (
  view: FormShown & {
    readonly title: { readonly text: string };
    readonly submit: { readonly text: string } | null;
  },
  chosen: ReadonlyMap<string, string>,
): ModalView =>
  modal(CALLBACK.fix, {
    formId: view.private_metadata,
    title: view.title.text,
    submit: view.submit?.text,
    blocks: [...chosen].reduce((blocks, [leader, value]) => following(blocks, leader, value), view.blocks),
  });
