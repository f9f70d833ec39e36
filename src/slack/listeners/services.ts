import type { Catalog } from '../../aws/terms.ts';
import type { Change, TypedFields } from '../../edits/edit.ts';
import type { ChangeSaved } from '../../edits/save.ts';
import type { Solutions } from '../../edits/solutions.ts';
import type { HomeService } from '../../messages/home/publish.ts';
import type { Permissions, Who } from '../../permissions.ts';
import type { BatchChoices } from '../../submissions/batch.ts';
import type { Cancelled, RestCancelled } from '../../submissions/cancel.ts';
import type { Asked, Details } from '../../submissions/check-status.ts';
import type { History } from '../../submissions/history.ts';
import type { Picking } from '../../submissions/pick.ts';
import type { BatchRequested, Requested } from '../../submissions/request.ts';
import type { Standings } from '../../submissions/status.ts';
import type { Choices, Draft, Entry } from '../../submissions/submission.ts';
import type { DealPage } from '../deal-page.ts';
import type { FixForm } from '../open-edit-form.ts';
import type { Form } from '../open-form.ts';
import type { AnswerOne, Offer, PrivateAnswer } from '../private-answer.ts';
import type { ShowLatest } from '../show-latest.ts';
import type { Views } from '../views.ts';

/** What the listeners may ask for: the service layer, and the form. */
export interface Services {
  readonly form: Form;
  readonly offer: Offer;
  readonly answerOne: AnswerOne;
  readonly answerPrivately: PrivateAnswer;
  readonly home: Pick<HomeService, 'opened' | 'turned'>;
  /** Those of the names of what Slack delivers that no replica has had before. */
  readonly firstDeliveries: (names: readonly string[]) => Promise<readonly string[]>;
  readonly permissions: Permissions;
  readonly suggest: Picking['suggest'];
  readonly request: (input: {
    readonly draftId: string;
    readonly who: Who;
    readonly choices: Choices;
    readonly anyway: boolean;
  }) => Promise<Requested>;
  readonly requestBatch: (input: {
    readonly draftId: string;
    readonly who: Who;
    readonly choices: BatchChoices;
    readonly anyway: boolean;
  }) => Promise<BatchRequested>;
  /** What a form for several shows, in its order. */
  readonly batchDrafts: (formId: string) => Promise<readonly Draft[]>;
  readonly ask: (input: { readonly id: string; readonly who: Who }) => Promise<Asked>;
  readonly details: (input: { readonly id: string; readonly who: Who }) => Promise<Details>;
  readonly standings: Standings;
  readonly history: (input: {
    readonly id: string;
    readonly offset: number;
    readonly who: Who;
  }) => Promise<History>;
  readonly cancel: (input: { readonly id: string; readonly who: Who }) => Promise<Cancelled>;
  readonly cancelRest: (input: { readonly batchId: string; readonly who: Who }) => Promise<RestCancelled>;
  readonly findDraft: (id: string) => Promise<Draft | undefined>;
  readonly views: Views;
  readonly showLatest: ShowLatest;
  /** What the ID in a button stands for. */
  readonly findEntry: (id: string) => Promise<Entry | undefined>;
  /** The channel whose rules hold for what nobody here works on. */
  readonly followChannel: string | undefined;
  readonly catalog: Catalog;
  readonly dealPage: DealPage;
  /** Whom to ask about this bot, by Slack's ID; undefined: nobody is named. */
  readonly contact: string | undefined;
  /** Sending is switched off by the operator. */
  readonly paused: boolean;
  readonly fixForm: FixForm;
  readonly saveChange: (input: {
    readonly draftId: string;
    readonly who: Who;
    readonly typed: TypedFields;
  }) => Promise<ChangeSaved>;
  readonly findChange: (id: string) => Promise<Change | undefined>;
  readonly solutions: Solutions;
}
