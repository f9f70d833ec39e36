import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Catalog } from '../partner-central/operations.ts';
import type { Look, LookRequest } from '../submissions/look.ts';
import type { Permission, Who } from '../submissions/permissions.ts';
import type { Store } from '../submissions/store.ts';
import type { Choices, Draft } from '../submissions/submission.ts';
import * as messages from '../words/messages.ts';
import * as words from '../words/modal.ts';
import { chooseView } from './blocks/choose.ts';
import { button, section } from './blocks/elements.ts';
import { lookView } from './blocks/look.ts';
import { askView, loadingView, noticeView } from './blocks/submit-modal.ts';
import { whereView } from './blocks/where.ts';
import { ACTION } from './ids.ts';
import { openFormValue } from './open-form-value.ts';
import { respondAt } from './response-url.ts';
import type { Views } from './views.ts';

/** From where somebody asks for the form. */
export interface Door {
  readonly triggerId: string;
  readonly who: Who;
  readonly channelId: string;
  /** The thread in which the outcome belongs; none: in the channel itself. */
  readonly threadTs?: string | undefined;
  readonly responseUrl: string | undefined;
}

/** What the form is to be about; `undefined`: the person is asked. */
export interface About {
  readonly opportunityId: string;
  readonly choices?: Choices | undefined;
  /** Where the outcome belongs, if that isn't where the form was asked for. */
  readonly channelId?: string;
  readonly threadTs?: string | undefined;
  /** The batch that a submission would belong to. */
  readonly batchId?: string | undefined;
}

export type Form = ReturnType<typeof createForm>;

/** Opens the form from any door: the view first, because a trigger lives 3 s; everything else afterwards. */
export function createForm(dependencies: {
  readonly views: Views;
  readonly store: Store;
  readonly look: (request: LookRequest) => Promise<Look>;
  /** Whether the person may pick an opportunity there; begins to read the list if so. */
  readonly preparePicking: (who: Who, channelId: string) => Promise<Permission>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
  readonly newId: () => string;
}) {
  const { views, store, look, preparePicking, clock, log, catalog, newId } = dependencies;

  const fill = async (
    view: { readonly id: string; readonly hash?: string },
    request: LookRequest,
  ): Promise<void> => {
    const { draftId, opportunityId } = request;
    const show = (shown: ReturnType<typeof noticeView>) => views.update(view.id, shown, view.hash);
    const ourFault = () => noticeView(draftId, [section(words.ourFault)], { lookAgain: { opportunityId } });
    try {
      const found = await look(request);
      // Slack refused what we made of it: a smaller view is better than one that loads for ever.
      if (!(await show(lookView(found, { draftId, opportunityId, catalog })))) await show(ourFault());
    } catch (error) {
      // AWS's failures and Slack's are data: what is thrown is our own database.
      log.error({ error }, 'a look failed');
      await show(noticeView(draftId, [section(words.cannotTake)], { lookAgain: { opportunityId } }));
    }
  };

  /** Keeps who asked and where, for what comes after the view; without it only *Try again* is lost. */
  const remember = async (draftId: string, door: Door, about: About | undefined): Promise<void> => {
    try {
      await store.saveDraft({
        id: draftId,
        createdAt: clock.now(),
        teamId: door.who.teamId,
        userId: door.who.userId,
        channelId: about?.channelId ?? door.channelId,
        threadTs: about?.threadTs ?? door.threadTs,
        responseUrl: door.responseUrl,
        catalog,
        opportunityId: about?.opportunityId,
        lastModifiedDate: undefined,
        readiness: undefined,
        choices: about?.choices,
        nationalSecurity: false,
        batchId: about?.batchId,
      });
    } catch (error) {
      log.error({ error }, 'a draft could not be saved');
    }
  };

  const notOpened = async (
    type: 'expired' | 'failed',
    door: Door,
    opportunityIds: readonly string[],
  ): Promise<void> => {
    if (door.responseUrl === undefined) return;
    if (type === 'failed') {
      await respondAt(door.responseUrl, {
        response_type: 'ephemeral',
        replace_original: false,
        text: messages.formFailed,
      });
      return;
    }
    await respondAt(door.responseUrl, {
      response_type: 'ephemeral',
      replace_original: false,
      text: messages.triggerExpired,
      blocks: [
        section(messages.triggerExpired),
        {
          type: 'actions',
          elements: [
            button({
              text: messages.openForm,
              label: messages.openForm,
              actionId: ACTION.openForm,
              value: openFormValue({ opportunityIds, threadTs: door.threadTs }),
              style: 'primary',
            }),
          ],
        },
      ],
    });
  };

  /** Looks at what a draft is about, in a view that is open; `prepare` says what it is about, and where. */
  const lookFor = async (
    at: {
      readonly viewId: string;
      readonly draftId: string;
      readonly who: Who;
      readonly opportunityId?: string;
    },
    prepare: (draft: Draft) => Promise<Draft>,
  ): Promise<void> => {
    const { viewId, draftId, who } = at;
    const say = (text: string) =>
      views.update(
        viewId,
        noticeView(
          draftId,
          [section(text)],
          at.opportunityId === undefined ? {} : { lookAgain: { opportunityId: at.opportunityId } },
        ),
      );
    let draft: Draft | undefined;
    try {
      const saved = await store.draft(draftId);
      if (saved?.userId === who.userId && saved.teamId === who.teamId) draft = await prepare(saved);
    } catch (error) {
      log.error({ error }, 'a draft could not be read');
      await say(words.cannotTake);
      return;
    }
    const { opportunityId } = draft ?? {};
    if (draft === undefined || opportunityId === undefined) {
      await views.update(viewId, noticeView(draftId, [section(words.unknownForm)]));
      return;
    }
    await fill({ id: viewId }, { ...draft, draftId, who, opportunityId });
  };

  const form = {
    fill,

    /** Opens the form for `about`, or asks which opportunity. `about` may itself need a look-up: it comes second. */
    async open(
      door: Door,
      about: () => Promise<About | undefined>,
      hint: readonly string[] = [],
    ): Promise<void> {
      const draftId = newId();
      const opened = await views.open(door.triggerId, loadingView(draftId), draftId);
      if (opened.type !== 'opened') return notOpened(opened.type, door, hint);
      const known = await about().catch((error: unknown) => {
        log.error({ error }, 'what the form is to be about could not be read');
        return 'unavailable' as const;
      });
      if (known === undefined || known === 'unavailable') {
        const why = known === undefined ? messages.unknownSubmission : words.cannotTake;
        await views.update(opened.viewId, noticeView(draftId, [section(why)]));
        return;
      }
      await remember(draftId, door, known);
      await fill(
        { id: opened.viewId, hash: opened.hash },
        { ...door, draftId, ...known, threadTs: known.threadTs ?? door.threadTs },
      );
    },

    /** In a view that is open: looks (again), for the person and the place its draft was made for. */
    async lookAgain(input: {
      readonly viewId: string;
      readonly draftId: string;
      readonly who: Who;
      readonly opportunityId: string;
    }): Promise<void> {
      const { viewId, draftId, who, opportunityId } = input;
      await lookFor({ viewId, draftId, who, opportunityId }, async (draft) => ({ ...draft, opportunityId }));
    },

    /** In a view that is open: looks at what its draft is about, for the channel that was chosen for the outcome. */
    async lookIn(input: {
      readonly viewId: string;
      readonly draftId: string;
      readonly who: Who;
      readonly channelId: string;
    }): Promise<void> {
      const { channelId } = input;
      await lookFor(input, async (draft) => {
        const placed = { ...draft, channelId };
        await store.saveDraft(placed);
        return placed;
      });
    },

    /** Opens the question where the outcome belongs, for a door that is in no channel; then comes the form. */
    async askWhere(door: Door, opportunityId: string, usual: string | undefined): Promise<void> {
      const draftId = newId();
      let opened = await views.open(door.triggerId, whereView(draftId, usual), draftId);
      // Slack may refuse a channel that the person doesn't see any more, or that is archived.
      if (opened.type === 'failed' && usual !== undefined) {
        opened = await views.open(door.triggerId, whereView(draftId, undefined), draftId);
      }
      if (opened.type !== 'opened') return notOpened(opened.type, door, [opportunityId]);
      await remember(draftId, door, { opportunityId });
    },

    /** Opens the question which opportunity; who may see none is told so in its place. */
    async ask(door: Door): Promise<void> {
      const draftId = newId();
      // Slack may ask what the list offers as soon as the view is open: the draft says for whom, and where.
      const remembered = remember(draftId, door, undefined);
      const opened = await views.open(door.triggerId, askView(draftId), draftId);
      await remembered;
      if (opened.type !== 'opened') return notOpened(opened.type, door, []);
      const permission = await preparePicking(door.who, door.channelId);
      if (permission.allowed !== false) return;
      const refusal = noticeView(draftId, [section(words.notPermitted[permission.why])]);
      await views.update(opened.viewId, refusal, opened.hash);
    },

    /** Opens the question which of several opportunities. */
    async choose(door: Door, opportunityIds: readonly string[]): Promise<void> {
      const draftId = newId();
      const opened = await views.open(door.triggerId, chooseView(draftId, opportunityIds), draftId);
      if (opened.type !== 'opened') return notOpened(opened.type, door, opportunityIds);
      await remember(draftId, door, undefined);
    },

    /** Opens the form for the one opportunity that was found, or asks which where there are several, or none. */
    openFor(door: Door, opportunityIds: readonly string[]): Promise<void> {
      const [opportunityId, another] = opportunityIds;
      if (opportunityId === undefined) return form.ask(door);
      if (another !== undefined) return form.choose(door, opportunityIds);
      return form.open(door, async () => ({ opportunityId }), [opportunityId]);
    },
  };
  return form;
}
