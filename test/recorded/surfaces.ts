import type { ModalView } from '@slack/types';
import { awsOpportunitySummarySchema, opportunitySchema } from '../../src/aws/opportunity.ts';
import { awsPeople, reviewStatus } from '../../src/aws/terms.ts';
import { addsMarketing } from '../../src/aws/update-request.ts';
import { type JsonObject, withValueAt } from '../../src/aws/values.ts';
import { mendedBy } from '../../src/edits/field-kinds.ts';
import { fieldsAt, fieldsToSendBack, stampOf } from '../../src/edits/fields.ts';
import { decisionMessage } from '../../src/messages/kinds/decision.ts';
import { elsewhereMessage } from '../../src/messages/kinds/elsewhere.ts';
import { submissionMessage } from '../../src/messages/kinds/submission.ts';
import { readinessOf } from '../../src/opportunities/readiness.ts';
import { detailsAnswer } from '../../src/slack/answers/buttons.ts';
import type { Message } from '../../src/slack/blocks/elements.ts';
import { lookedAtSeveralView } from '../../src/slack/forms/batch.ts';
import { fixView } from '../../src/slack/forms/edit.ts';
import { formView, lookView, withChoices } from '../../src/slack/forms/submit.ts';
import { explain, explainDecision } from '../../src/submissions/explain.ts';
import { aForm, aSubmission, at } from '../submissions/records.ts';

const DRAFT = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const dealPage = undefined;

/** The messages that are made of a deal as AWS answered it; `summaries` are AWS's sides of it. */
export function messagesOf(json: JsonObject, summaries: readonly JsonObject[]): readonly Message[] {
  const opportunity = opportunitySchema.parse(json);
  const status = opportunity.LifeCycle?.ReviewStatus ?? '';
  const review = reviewStatus(status);
  const submission = aSubmission({ state: 'submitted', opportunityId: opportunity.Id, reviewStatus: status });
  const asked = { type: 'read', entry: submission, opportunity, review, at: at(0) } as const;
  const bot = { catalog: 'AWS', paused: false, waitingBefore: 0 } as const;
  const decision = explainDecision(status, status);
  const sides = summaries.map((each) => awsOpportunitySummarySchema.parse(each));
  return [
    submissionMessage({
      submission,
      explanation: explain(submission, bot),
      dealPage,
      details: opportunity,
    }),
    decisionMessage({ submission, decision, dealPage, details: opportunity }),
    elsewhereMessage({
      opportunity: { id: DRAFT, opportunityId: opportunity.Id },
      decision,
      dealPage,
      details: opportunity,
    }),
    detailsAnswer(asked, dealPage),
    ...sides.map((summary) =>
      detailsAnswer(asked, dealPage, { people: awsPeople(opportunity, summary), awaited: true, summary }),
    ),
  ];
}

/** The forms of a deal: as AWS answered it, and as they would be while its review stands otherwise. */
export function viewsOf(recorded: JsonObject): readonly ModalView[] {
  const original = opportunitySchema.parse(recorded);
  const place = { formId: DRAFT, opportunityId: original.Id, catalog: 'AWS', dealPage } as const;
  return [
    lookView(
      {
        type: 'not-pending',
        review: reviewStatus(original.LifeCycle?.ReviewStatus),
        opportunity: original,
        entry: undefined,
      },
      place,
    ),
    ...submitViews(withValueAt(recorded, 'LifeCycle.ReviewStatus', 'Pending Submission'), place),
    fixForm(withValueAt(recorded, 'LifeCycle.ReviewStatus', 'Pending Submission'), place),
    fixForm(withValueAt(recorded, 'LifeCycle.ReviewStatus', 'Action Required'), place),
  ];
}

type Place = Parameters<typeof lookView>[1];

function submitViews(json: JsonObject, place: Place): readonly ModalView[] {
  const opportunity = opportunitySchema.parse(json);
  const readiness = readinessOf(opportunity, 'AWS', at(0));
  const form = aForm({ id: DRAFT, catalog: 'AWS', opportunityId: opportunity.Id, readiness });
  const view = formView({ form, opportunity, dealPage });
  const found = { type: 'form', form, opportunity, doubt: undefined, refusal: undefined } as const;
  const opportunityIds = Array.from({ length: 25 }, (_, index) => `${opportunity.Id}${index}`);
  return [
    view,
    ...(['Co-Sell', 'For Visibility Only'] as const).map((involvementType) =>
      withChoices(
        { private_metadata: DRAFT, blocks: view.blocks },
        { catalog: 'AWS', outlook: { readiness, nationalSecurity: false, refusal: undefined } },
        { involvementType, visibility: 'Full' },
      ),
    ),
    lookedAtSeveralView(
      { type: 'looked', found: opportunityIds.map((opportunityId) => ({ opportunityId, found })) },
      { ...place, opportunityIds },
    ),
  ];
}

function fixForm(json: JsonObject, place: Place): ModalView {
  const opportunity = opportunitySchema.parse(json);
  const sentBack = opportunity.LifeCycle?.ReviewStatus === 'Action Required';
  const readiness = readinessOf(opportunity, 'AWS', at(0));
  const findings = sentBack ? [] : readiness.Full['Co-Sell'];
  const mended = new Set(findings.flatMap(({ rule }) => mendedBy(rule, false)));
  const fields = sentBack ? fieldsToSendBack(json, false) : fieldsAt(json, [...mended]);
  if (fields.length === 0) return fixView({ type: 'nothing-here' }, place);
  return fixView(
    {
      type: 'form',
      form: {
        ...aForm({
          id: DRAFT,
          catalog: 'AWS',
          opportunityId: opportunity.Id,
          lastModifiedDate: opportunity.LastModifiedDate,
        }),
        editing: {
          status: sentBack ? 'Action Required' : 'Pending Submission',
          answerUrl: undefined,
          shown: new Map(fields.map(({ path, value }) => [path, stampOf(DRAFT, path, value)])),
        },
      },
      opportunity,
      fields,
      refusal: undefined,
      doubt: undefined,
      findings,
      isBlocked: false,
      kept: new Map(),
      addsMarketing: addsMarketing(json),
    },
    place,
  );
}

/** Every text in a message or a view as a person reads it: Slack's three escapes undone where it undoes them. */
export function readsIn(surface: unknown): readonly string[] {
  if (Array.isArray(surface)) return surface.flatMap(readsIn);
  if (typeof surface !== 'object' || surface === null) return [];
  const isMarkup = !('type' in surface) || surface.type === 'mrkdwn';
  const own = Object.entries(surface).flatMap(([name, value]) =>
    typeof value === 'string' && (name === 'text' || name === 'initial_value')
      ? [isMarkup && name === 'text' ? unescaped(value) : value]
      : [],
  );
  return [...own, ...Object.values(surface).flatMap(readsIn)];
}

const unescaped = (markup: string): string =>
  markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('\u2060', '');
