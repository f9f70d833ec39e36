/**
 * What nobody knows for sure about AWS: where reports contradict each other, or only one saw it. The stand-in plays the
 * likeliest, and any other value where it is told to; the bot has to do no harm under each. What two saw, or somebody
 * recorded, has no switch.
 */
export interface Observed {
  /** One report, Sandbox 2026-05, and a connector that always sends a later day; AWS's guide: not in the past. */
  readonly closeDateToday: 'refused' | 'accepted';
  /** Co-Sell: two reports. For Visibility Only: recorded without any (2025-12), AWS's S3 field list v14.3 asks for them. */
  readonly salesActivitiesForVisibilityOnly: 'not needed' | 'needed';
  /** One report with an opportunity's ID, Sandbox 2026-05; AWS's guide has no such rule. */
  readonly limitedCoSell: 'refused' | 'accepted';
  /** One report submits it again, without its outcome; AWS's guide: the update alone goes back into review. */
  readonly submitActionRequired: 'refused' | 'accepted';
  /** One report, Sandbox 2026-05, and AWS's S3 field list v14.3; the API's model: optional. */
  readonly fundingOfMarketingActivity: 'needed' | 'not needed';
  /** AWS's S3 list of formats; AWS's CRM connector 3.13 saw a deal look submitted and stay a draft. */
  readonly wrongPostalCode: 'refused' | 'stays a draft';
  /** Nobody recorded which status follows an edit in Action Required; AWS's guide: it is reviewed again. */
  readonly afterActionRequired: 'Submitted' | 'In review' | 'Action Required';
  /** One report, Sandbox 2026-05. */
  readonly updateWithoutStage: 'refused' | 'emptied';
  /** One report, Sandbox 2026-05: taken as a switch to visibility only. */
  readonly coSellWithoutNeeds: 'refused' | 'accepted';
  /** One report, Sandbox 2026-05. */
  readonly emptySalesActivities: 'refused' | 'accepted';
  /** One report, Sandbox 2026-05. */
  readonly closedLostReasonAlone: 'refused' | 'accepted';
  /** Refused by one report, Sandbox 2026-05; recorded on a deal with Source None (2025-02) and sent by another connector. */
  readonly campaignWithoutActivity: 'accepted' | 'refused';
  /** One report says refused, Sandbox 2026-05; a recorded request has one (2024-11), if that is what was sent. */
  readonly contactWithoutNames: 'accepted' | 'refused';
  /** One report, Sandbox 2026-05: neither AWS nor Self becomes AWS without a word. */
  readonly otherTargetCompany: 'becomes AWS' | 'kept';
  /** AWS's guide: all of the spend; the API's model names amount and currency only. */
  readonly spendInActionRequired: 'editable' | 'amount and currency only';
  /** AWS's guide locks it, its S3 field list v14.3 doesn't. */
  readonly partnerIdentifierOnceApproved: 'locked' | 'editable';
  /** AWS's S3 field list v14.3 locks it, its guide is silent. */
  readonly stateOnceApproved: 'locked' | 'editable';
  /** One report locks the whole block, Sandbox 2026-05; AWS's S3 field list v14.3 leaves it to special programs. */
  readonly softwareRevenueOnceApproved: 'locked' | 'editable';
  /** AWS's S3 field list v14.3 only: other edits of a launched deal do nothing. */
  readonly editOfLaunched: 'ignored' | 'refused';
  /** One report, Sandbox 2026-04, which takes the ConflictException for success. */
  readonly secondAssociation: 'ConflictException' | 'accepted';
  /** While Submitted or In review: one report claims it. In Action Required: AWS's S3 field list v14.3. */
  readonly associationInReview: 'refused' | 'accepted';
  /** AWS's guide: by ARN; the recorded request (2025-02) has a variable in that place. */
  readonly offerByItsId: 'refused' | 'accepted';
  /** One report, Sandbox 2026-05: an answer that names no involvement. */
  readonly summaryBeforeSubmission: 'without involvement' | 'not found';
  /** Null in two recordings, without a stage in one (2025-02); with one in the API's reference only. */
  readonly summaryLifeCycle: 'null' | 'without stage' | 'with stage';
  /** Recorded: null, or spend only (2026-02). Scores, quality and recommendations: release notes of 2026-06 only. */
  readonly insights: 'null' | 'spend' | 'scored';
  /** Recorded four minutes after a deal was made (2026-02): one PDM. When AWS puts whom on a deal, nobody recorded. */
  readonly awsTeamFrom: 'submission' | 'assignment';
  /** AWS's people: in the recorded summaries (2024-11 to 2026-02); one report sees them in GetOpportunity alone. */
  readonly awsPeopleIn: 'summary' | 'opportunity';
  /** Two reports: empty as a rule. AWS's reference has a text. */
  readonly topLevelMessage: 'empty' | 'text';
  /** Two reports: lower camelCase, spend without its root, sometimes none at all. The API's reference: as its members. */
  readonly fieldNames: 'as reported' | 'as the members' | 'absent';
  /** Of a refusal for the review status: one report, Sandbox 2026-05; AWS's reference has a code that nobody has seen. */
  readonly wrongStatusCode: 'ACTION_NOT_PERMITTED' | 'INVALID_RESOURCE_STATE';
  /** Milliseconds in which a read doesn't find what was just created: one report, 3 to 5 s. */
  readonly createLagMs: number;
  /** Milliseconds in which a read shows a submitted deal as before: none was ever measured; 50 s later it was there. */
  readonly submitLagMs: number;
}

export const likeliest: Observed = {
  closeDateToday: 'refused',
  salesActivitiesForVisibilityOnly: 'not needed',
  limitedCoSell: 'refused',
  submitActionRequired: 'refused',
  fundingOfMarketingActivity: 'needed',
  wrongPostalCode: 'refused',
  afterActionRequired: 'Submitted',
  updateWithoutStage: 'refused',
  coSellWithoutNeeds: 'refused',
  emptySalesActivities: 'refused',
  closedLostReasonAlone: 'refused',
  campaignWithoutActivity: 'accepted',
  contactWithoutNames: 'accepted',
  otherTargetCompany: 'becomes AWS',
  spendInActionRequired: 'editable',
  partnerIdentifierOnceApproved: 'locked',
  stateOnceApproved: 'locked',
  softwareRevenueOnceApproved: 'locked',
  editOfLaunched: 'ignored',
  secondAssociation: 'ConflictException',
  associationInReview: 'refused',
  offerByItsId: 'refused',
  summaryBeforeSubmission: 'without involvement',
  summaryLifeCycle: 'null',
  insights: 'null',
  awsTeamFrom: 'submission',
  awsPeopleIn: 'summary',
  topLevelMessage: 'empty',
  fieldNames: 'as reported',
  wrongStatusCode: 'ACTION_NOT_PERMITTED',
  createLagMs: 5000,
  submitLagMs: 0,
};

/** Every switch flipped alone, to each of its other values: for tests that run once with each. */
export const flips: readonly Partial<Observed>[] = [
  { closeDateToday: 'accepted' },
  { salesActivitiesForVisibilityOnly: 'needed' },
  { limitedCoSell: 'accepted' },
  { submitActionRequired: 'accepted' },
  { fundingOfMarketingActivity: 'not needed' },
  { wrongPostalCode: 'stays a draft' },
  { afterActionRequired: 'In review' },
  { afterActionRequired: 'Action Required' },
  { updateWithoutStage: 'emptied' },
  { coSellWithoutNeeds: 'accepted' },
  { emptySalesActivities: 'accepted' },
  { closedLostReasonAlone: 'accepted' },
  { campaignWithoutActivity: 'refused' },
  { contactWithoutNames: 'refused' },
  { otherTargetCompany: 'kept' },
  { spendInActionRequired: 'amount and currency only' },
  { partnerIdentifierOnceApproved: 'editable' },
  { stateOnceApproved: 'editable' },
  { softwareRevenueOnceApproved: 'editable' },
  { editOfLaunched: 'refused' },
  { secondAssociation: 'accepted' },
  { associationInReview: 'accepted' },
  { offerByItsId: 'accepted' },
  { summaryBeforeSubmission: 'not found' },
  { summaryLifeCycle: 'without stage' },
  { summaryLifeCycle: 'with stage' },
  { insights: 'spend' },
  { insights: 'scored' },
  { awsTeamFrom: 'assignment' },
  { awsPeopleIn: 'opportunity' },
  { topLevelMessage: 'text' },
  { fieldNames: 'as the members' },
  { fieldNames: 'absent' },
  { wrongStatusCode: 'INVALID_RESOURCE_STATE' },
  { createLagMs: 0 },
  { submitLagMs: 4000 },
];
