import type { Catalog } from '../../partner-central/operations.ts';
import type { Cancelled } from '../../submissions/cancel.ts';
import type { Permissions, Who } from '../../submissions/permissions.ts';
import type { Requested } from '../../submissions/request.ts';
import type { Asked } from '../../submissions/review.ts';
import type { Choices, Draft, Submission } from '../../submissions/submission.ts';
import type { Form } from '../form.ts';
import type { Views } from '../views.ts';

/** What the listeners may ask for: the service layer, and the form. */
export interface Services {
  readonly form: Form;
  readonly permissions: Permissions;
  readonly request: (input: {
    readonly draftId: string;
    readonly who: Who;
    readonly choices: Choices;
    readonly anyway: boolean;
  }) => Promise<Requested>;
  readonly ask: (input: { readonly submissionId: string; readonly who: Who }) => Promise<Asked>;
  readonly cancel: (input: { readonly submissionId: string; readonly who: Who }) => Promise<Cancelled>;
  readonly findDraft: (id: string) => Promise<Draft | undefined>;
  readonly views: Views;
  readonly findSubmission: (id: string) => Promise<Submission | undefined>;
  readonly catalog: Catalog;
}
