import type { ActionsBlock, Block, KnownBlock, ModalView } from '@slack/types';
import { type Catalog, catalogName } from '../../aws/terms.ts';
import { actions, button, LIMITS, plain, section } from '../blocks/elements.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { LABEL } from '../text.ts';

/** What several modals say. Titles have at most 24 characters, and say what is true. */
export const submitTitle = 'Submit to AWS';
export const submitTo = (catalog: Catalog): string => `Submit · ${catalogName(catalog)}`;
export const noticeTitles = {
  notPermitted: 'Not allowed here',
  notRead: "Couldn't look it up",
  open: 'Already on its way',
  otherCatalog: 'Another catalog',
} as const;
export const closeLabel = 'Close';
export const cancelLabel = 'Cancel';
export const submitLabel = 'Submit';
export const continueLabel = 'Continue';

export const unknownForm =
  '*This form is no longer valid.* Nothing was submitted. Please give the command again.';
export const cannotTake =
  "We can't take submissions right now: our own records can't be reached. Nothing was recorded; try again in a moment.";
export const ourFault = '*Something went wrong on our side.* Nothing was submitted. Please try again.';

/** What Slack sends of an open form. */
export interface FormShown {
  readonly private_metadata: string;
  readonly blocks: readonly (KnownBlock | Block)[];
}

/**
 * A modal. With `submit`, the text of its button, it is a form that can be sent; without, it can only be closed.
 * Nothing but the form's ID, which it carries, is trusted when it comes back.
 */
export const modal = (
  callbackId: string,
  view: {
    readonly formId?: string;
    readonly title: string;
    readonly submit?: string | undefined;
    readonly blocks: FormShown['blocks'];
  },
): ModalView => ({
  type: 'modal',
  callback_id: callbackId,
  ...(view.formId === undefined ? {} : { private_metadata: view.formId }),
  title: plain(view.title, LIMITS.viewTitle),
  ...(view.submit === undefined ? {} : { submit: plain(view.submit, LIMITS.viewTitle) }),
  close: plain(view.submit === undefined ? closeLabel : cancelLabel, LIMITS.viewTitle),
  blocks: [...view.blocks],
});

/**
 * A view without a form: says what is true, in mrkdwn or blocks. `lookAgain`: the opportunities it offers to look up
 * again.
 */
export function noticeView(
  formId: string,
  says: string | readonly KnownBlock[],
  { title = submitTitle, lookAgain = [] }: NoticeOptions = {},
): ModalView {
  const blocks = typeof says === 'string' ? [section(says)] : says;
  const again = lookAgain.length === 0 ? [] : [lookAgainBlock(lookAgain)];
  return modal(CALLBACK.notice, { formId, title, blocks: [...blocks, ...again] });
}

interface NoticeOptions {
  readonly title?: string | undefined;
  readonly lookAgain?: readonly string[];
}

/** Shown at once, while the opportunity is looked up. */
export const loadingView = (formId: string, title?: string): ModalView =>
  noticeView(formId, 'Looking up the opportunity…', { title });

/**
 * In place of a form about a deal of the catalog `of`, where the bot works in another one now. Undefined: it doesn't. Of a
 * record or form that names no catalog, the bot's own is meant.
 */
export const otherCatalogView = (
  formId: string,
  now: Catalog,
  of: Catalog | undefined,
): ModalView | undefined =>
  of === undefined || of === now
    ? undefined
    : noticeView(
        formId,
        `This is about a deal in ${catalogName(of)}. The bot works in ${catalogName(now)} now, where the same ID may be another deal: no form is opened. Partner Central shows where it stands.`,
        { title: noticeTitles.otherCatalog },
      );

/** Looks the same opportunities up again. */
export const lookAgainBlock = (
  opportunityIds: readonly string[],
  text: string = LABEL.tryAgain,
): ActionsBlock => actions([button({ text, actionId: ACTION.lookAgain, value: opportunityIds.join(',') })]);

/** Acknowledges a form with what is wrong, by block. "Updating modals", https://docs.slack.dev/surfaces/modals */
export const withErrors = (errors: Readonly<Record<string, string>>) =>
  ({ response_action: 'errors', errors: { ...errors } }) as const;

/** Acknowledges a form with the view that comes in its place. */
export const withView = (view: ModalView) => ({ response_action: 'update', view }) as const;
