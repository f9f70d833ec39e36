import type { KnownBlock } from '@slack/types';
import type { Catalog } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import type { Message } from '../messages/kinds/submission.ts';
import * as messages from '../messages/words.ts';
import type { Logger } from '../observability/log.ts';
import { isOwn, type Permission, type Who } from '../permissions.ts';
import type { Look, LookRequest } from '../submissions/look.ts';
import type { Store } from '../submissions/store.ts';
import type { Choices, Draft } from '../submissions/submission.ts';
import { refusalText, saying } from './answers/asked.ts';
import { section } from './blocks/elements.ts';
import type { DealPage } from './deal-page.ts';
import type { FillSeveral } from './fill-several.ts';
import { loadingSeveralView } from './forms/batch.ts';
import * as batch from './forms/batch-words.ts';
import { lookView } from './forms/look.ts';
import { askView, loadingView, lookAgainBlock, noticeView } from './forms/submit.ts';
import { whereView } from './forms/where.ts';
import * as words from './forms/words.ts';
import { MOST_AT_ONCE } from './limits.ts';
import { type Door, notOpenedMessage, placeOf } from './origin.ts';
import type { AnswerOne } from './private-answer.ts';
import type { Views } from './views.ts';

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
  readonly fillSeveral: FillSeveral;
  /** Whether the person may pick an opportunity there; begins to read the list if so. */
  readonly preparePicking: (who: Who, channelId: string) => Promise<Permission>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
  readonly dealPage: DealPage;
  readonly newId: () => string;
  readonly answerOne: AnswerOne;
}) {
  const { views, store, look, fillSeveral, preparePicking, clock, log, catalog, dealPage } = dependencies;
  const { newId, answerOne } = dependencies;

  const fill = async (
    view: { readonly id: string; readonly hash?: string },
    request: LookRequest,
    keepDraft: () => Promise<void> = async () => {},
  ): Promise<void> => {
    const { draftId, opportunityId } = request;
    const show = (shown: ReturnType<typeof noticeView>) => views.update(view.id, shown, view.hash);
    const ourFault = () => noticeView(draftId, [section(words.ourFault)], { lookAgain: { opportunityId } });
    try {
      const found = await look(request);
      // A form's draft was kept as it was looked up; what stands in a form's place may offer to look again.
      if (found.type !== 'form') await keepDraft();
      // Slack refused what we made of it: a smaller view is better than one that loads for ever.
      if (!(await show(lookView(found, { draftId, opportunityId, catalog, dealPage }))))
        await show(ourFault());
    } catch (error) {
      // AWS's failures and Slack's are data: what is thrown is our own database.
      log.error({ error }, 'a look failed');
      await keepDraft();
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
        ...placeOf(door, about),
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

  const answer = ({ who, responseUrl }: Door, message: Message): Promise<void> =>
    answerOne({ userId: who.userId, address: responseUrl }, message);

  const sayNotOpened = (
    type: 'expired' | 'failed',
    door: Door,
    opportunityIds: readonly string[],
  ): Promise<void> => {
    // From the home tab: a button in a direct message would lead elsewhere.
    const isNowhere = door.responseUrl === undefined && type === 'expired';
    return answer(
      door,
      isNowhere ? saying(messages.pressAgain) : notOpenedMessage(type, door, opportunityIds),
    );
  };

  /** Looks for a draft in a view that is open; `prepare` says at what, and with what of the draft. */
  const lookFor = async (
    at: { readonly viewId: string; readonly draftId: string; readonly who: Who },
    again: readonly string[],
    prepare: (draft: Draft) => Promise<{ readonly draft: Draft; readonly opportunityIds: readonly string[] }>,
  ): Promise<void> => {
    const { viewId, draftId, who } = at;
    const say = (text: string, ...more: readonly KnownBlock[]) =>
      views.update(viewId, noticeView(draftId, [section(text), ...more]));
    let prepared: Awaited<ReturnType<typeof prepare>> | undefined;
    try {
      const saved = await store.draft(draftId);
      if (isOwn(saved, who)) prepared = await prepare(saved);
    } catch (error) {
      log.error({ error }, 'a draft could not be read');
      await say(words.cannotTake, ...(again.length === 0 ? [] : [lookAgainBlock(again)]));
      return;
    }
    const { draft, opportunityIds = [] } = prepared ?? {};
    const [opportunityId, another] = opportunityIds;
    if (draft === undefined || opportunityId === undefined) {
      await say(words.unknownForm);
      return;
    }
    if (another !== undefined) return fillSeveral(viewId, { ...draft, who, formId: draftId, opportunityIds });
    await fill({ id: viewId }, { ...draft, draftId, who, opportunityId });
  };

  const form = {
    fill,
    remember,
    sayNotOpened,

    /** Opens the form for `about`, or asks which opportunity. `about` may itself need a look-up: it comes second. */
    async open(
      door: Door,
      about: () => Promise<About | undefined>,
      hint: readonly string[] = [],
    ): Promise<void> {
      const draftId = newId();
      const opened = await views.open(door.triggerId, loadingView(draftId), draftId);
      if (opened.type !== 'opened') return sayNotOpened(opened.type, door, hint);
      const known = await about().catch((error: unknown) => {
        log.error({ error }, 'what the form is to be about could not be read');
        return 'unavailable' as const;
      });
      if (known === undefined || known === 'unavailable') {
        const why = known === undefined ? messages.unknownSubmission : words.cannotTake;
        await views.update(opened.viewId, noticeView(draftId, [section(why)]));
        return;
      }
      await fill(
        { id: opened.viewId, hash: opened.hash },
        { ...door, draftId, ...known, ...placeOf(door, known) },
        () => remember(draftId, door, known),
      );
    },

    /** In a view that is open: looks (again) at one or several, for the person and the place its draft was made for. */
    async lookAgain(input: {
      readonly viewId: string;
      readonly draftId: string;
      readonly who: Who;
      readonly opportunityIds: readonly string[];
    }): Promise<void> {
      const { opportunityIds } = input;
      await lookFor(input, opportunityIds, async (draft) => ({ draft, opportunityIds }));
    },

    /** In a view that is open: looks at what its draft is about, for the channel that was chosen for the outcome. */
    async lookIn(input: {
      readonly viewId: string;
      readonly draftId: string;
      readonly who: Who;
      readonly channelId: string;
    }): Promise<void> {
      const { channelId } = input;
      await lookFor(input, [], async (saved) => {
        const draft = { ...saved, channelId };
        await store.saveDraft(draft);
        const { opportunityId } = draft;
        return { draft, opportunityIds: opportunityId === undefined ? [] : [opportunityId] };
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
      if (opened.type !== 'opened') return sayNotOpened(opened.type, door, [opportunityId]);
      await remember(draftId, door, { opportunityId });
    },

    /** Opens the question which opportunity; who may see none is told so in its place. */
    async ask(door: Door): Promise<void> {
      const draftId = newId();
      // Slack may ask what the list offers as soon as the view is open: the draft says for whom, and where.
      const remembered = remember(draftId, door, undefined);
      const opened = await views.open(door.triggerId, askView(draftId), draftId);
      await remembered;
      if (opened.type !== 'opened') return sayNotOpened(opened.type, door, []);
      const permission = await preparePicking(door.who, door.channelId);
      if (permission.allowed !== false) return;
      const refusal = noticeView(draftId, [section(refusalText(permission.why))]);
      await views.update(opened.viewId, refusal, opened.hash);
    },

    /** Opens the form for several. */
    async openSeveral(door: Door, opportunityIds: readonly string[]): Promise<void> {
      const draftId = newId();
      const loading = loadingSeveralView(draftId, 0, opportunityIds.length);
      const opened = await views.open(door.triggerId, loading, draftId);
      if (opened.type !== 'opened') return sayNotOpened(opened.type, door, opportunityIds);
      await remember(draftId, door, undefined);
      await fillSeveral(opened.viewId, { ...door, threadTs: door.threadTs, formId: draftId, opportunityIds });
    },

    /** Says that there are more than go at once. */
    async refuseMany(door: Door, count: number): Promise<void> {
      const draftId = newId();
      const said = batch.tooMany(count, MOST_AT_ONCE);
      const opened = await views.open(door.triggerId, noticeView(draftId, [section(said)]), draftId);
      if (opened.type !== 'opened') await answer(door, saying(said));
    },

    /** Opens the form for the opportunities that were named: for one, for several, or asks which. */
    openFor(door: Door, opportunityIds: readonly string[]): Promise<void> {
      const [opportunityId, another] = opportunityIds;
      if (opportunityId === undefined) return form.ask(door);
      if (another === undefined) return form.open(door, async () => ({ opportunityId }), [opportunityId]);
      return opportunityIds.length > MOST_AT_ONCE
        ? form.refuseMany(door, opportunityIds.length)
        : form.openSeveral(door, opportunityIds);
    },
  };
  return form;
}
