import type { Catalog } from '../../partner-central/operations.ts';
import type { BatchChoices } from '../../submissions/batches/batch-choices.ts';
import type { Change, TypedFields } from '../../submissions/changes/change.ts';
import type { ChangeSaved } from '../../submissions/changes/save-change.ts';
import type { Solutions } from '../../submissions/changes/solutions.ts';
import type { History } from '../../submissions/history.ts';
import type { HomeService } from '../../submissions/home/home.ts';
import type { Permissions, Who } from '../../submissions/permissions.ts';
import type { Picking } from '../../submissions/picking/pick.ts';
import type { Cancelled } from '../../submissions/requests/cancel.ts';
import type { RestCancelled } from '../../submissions/requests/cancel-rest.ts';
import type { Requested } from '../../submissions/requests/request.ts';
import type { BatchRequested } from '../../submissions/requests/request-batch.ts';
import type { Details } from '../../submissions/review/details.ts';
import type { Asked } from '../../submissions/review/review.ts';
import type { Standings } from '../../submissions/standing.ts';
import type { Choices, Draft, Entry } from '../../submissions/submission.ts';
import type { AnswerOne } from '../answer.ts';
import type { DealPage } from '../deal-page.ts';
import type { FixForm } from '../fix-form.ts';
import type { Form } from '../form.ts';
import type { Offer } from '../offer.ts';
import type { PrivateAnswer } from '../private-answer.ts';
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
