/** Every name by which Slack hands something back to us. Old messages carry them for ever: never reuse one. */
export const COMMAND = '/submit-opportunity';

export const CALLBACK = {
  ask: 'ask-opportunity',
  where: 'choose-channel',
  home: 'home',
  homeFilter: 'filter-home',
  form: 'submit-opportunity',
  /** The form for several. */
  batch: 'submit-opportunities',
  fix: 'fix-opportunity',
  /** Views without a submission of their own: loading, recorded, notices. */
  notice: 'submit-opportunity-notice',
} as const;

/** Message shortcuts, by their callback_id in the manifest. */
export const SHORTCUT = {
  submitOpportunity: 'submit_opportunity_from_message',
} as const;

export const BLOCK = {
  where: 'choose_channel',
  opportunityId: 'opportunity_id',
  pick: 'pick_opportunity',
  /** The same of what a search found. */
  matches: 'matching_opportunities',
  involvementType: 'involvement_type',
  visibility: 'visibility',
  lock: 'lock',
  /** What AWS refused before. */
  refused: 'refused',
  readiness: 'readiness',
  /** Says that nothing is known to stand in the way. */
  ready: 'ready',
  anyway: 'anyway',
  fix: 'fix',
  /** In the form for several: what to choose from, what has another involvement, and what goes as it is filled in. */
  deals: 'deals',
  instead: 'instead',
  total: 'total',
  /** Says that what goes isn't what was shown. */
  note: 'note',
} as const;

export const ACTION = {
  where: 'choose_channel',
  opportunityId: 'opportunity_id',
  pick: 'pick_opportunity',
  involvementType: 'involvement_type',
  /** In the form for several. */
  involvementOfAll: 'involvement_of_all',
  deals: 'deals',
  insteadCoSell: 'instead_co_sell',
  insteadVisibilityOnly: 'instead_visibility_only',
  anywayOfSome: 'anyway_of_some',
  /** Opens the form for changing one of them, which its value names, over the form for several. */
  fixOne: 'fix_one',
  visibility: 'visibility',
  /** In the form for several. */
  visibilityOfAll: 'visibility_of_all',
  lock: 'lock',
  anyway: 'anyway',
  checkStatus: 'check_status',
  showDetails: 'show_details',
  tryAgain: 'try_again',
  tryNow: 'try_now',
  cancel: 'cancel_submission',
  letGo: 'let_go',
  /** Its value is the batch's ID. */
  cancelRest: 'cancel_rest',
  partnerCentral: 'view_in_partner_central',
  /** A message's menu: what is chosen there is one of the actions above or below and, after a space, the record's ID. */
  more: 'more',
  /** A link too. */
  openHome: 'open_home',
  /** Their value is the record's ID; of the two that page also, after a space, where the part begins. */
  history: 'history',
  historyEarlier: 'history_earlier',
  historyLater: 'history_later',
  /** Opens the form where a trigger had expired; its value is an `OpenFormValue`. */
  openForm: 'open_form',
  /** In the home tab. For the two that page their value is the part and the page, from 0. */
  homeMine: 'home_mine',
  homeTeam: 'home_team',
  homeRefresh: 'home_refresh',
  homeFilter: 'home_filter',
  homeClear: 'home_clear',
  /** In the modal that it opens. */
  findDeal: 'find_deal',
  owner: 'owner',
  status: 'status',
  stage: 'stage',
  sort: 'sort',
  homePrevious: 'home_previous',
  homeNext: 'home_next',
  /** Its value: the opportunity's ID and, after a space, a channel to offer for the outcome. */
  homeSubmit: 'home_submit',
  /** In a view: looks the same opportunities up again; its value is their IDs, divided by commas. */
  lookAgain: 'look_again',
  /** Opens the form for changing a deal: its value is a record's ID, or an opportunity's where there is none. */
  fix: 'fix_opportunity',
  /** The same in a view that is about the opportunity. */
  fixHere: 'fix_here',
  /** Its value is the ID of an edit that wasn't saved. */
  reviewEdit: 'review_edit',
  /** Its value is the ID of an edit that isn't sent yet. */
  cancelEdit: 'cancel_edit',
  /** Its value is the ID of an edit that was saved before submitting: the form for that comes next. */
  goOn: 'go_on',
  /**
   * The inputs of the form for changing a deal: AWS's path of the field is the block_id. What is chosen of a list has a
   * name of its own, because a state is written in one country and chosen in another; what other fields follow is told
   * at once.
   */
  field: 'field',
  chosenField: 'chosen_field',
  leadingField: 'leading_field',
  pickSolution: 'pick_solution',
} as const;

/**
 * Offered to whoever wasn't understood, several beside each other: their value is what would be typed after the command.
 */
export const ASKED = ['asked', 'asked_2', 'asked_3', 'asked_4', 'asked_5'] as const;

/** The scopes that `manifest.yml` asks for, which says what each is for; a test holds the two together. */
export const BOT_SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'groups:read',
  'usergroups:read',
  'users:read',
];
