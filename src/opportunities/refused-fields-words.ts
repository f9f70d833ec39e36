/** What is wrong with a field, from AWS's code. The text reads after the field's name and a colon. */
export const fieldProblems: ReadonlyMap<string, string> = new Map(
  Object.entries({
    REQUIRED_FIELD_MISSING: 'is missing',
    INVALID_ENUM_VALUE: "isn't a value AWS knows",
    INVALID_STRING_FORMAT: "isn't written as AWS expects",
    INVALID_VALUE: "isn't a value AWS accepts",
    NOT_ENOUGH_VALUES: 'add at least one',
    TOO_MANY_VALUES: 'has too many entries',
    INVALID_RESOURCE_STATE: "can't be changed as the opportunity stands",
    DUPLICATE_KEY_VALUE: 'is used by another opportunity',
    VALUE_OUT_OF_RANGE: 'is too small, large, short or long',
    ACTION_NOT_PERMITTED: "isn't permitted as the opportunity stands",
    OPPORTUNITY_VALIDATION_FAILED: "is missing, or isn't as AWS asks",
    BUSINESS_VALIDATION_EXCEPTION: "doesn't go with the rest, or with what was chosen",
  }),
);
/** What AWS asks of a field, where its code alone says too little. By AWS's path, without indexes. */
export const fieldHints: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'Customer.Account.WebsiteUrl': 'a public web address',
    'LifeCycle.TargetCloseDate': 'a date after today',
    'Project.CustomerBusinessProblem': '20 to 2,000 characters',
    'Project.ExpectedCustomerSpend.Amount': 'an amount above 0',
    'Project.ExpectedCustomerSpend.CurrencyCode': 'USD (EUR in its European Sovereign Cloud)',
    'Project.SalesActivities': 'at least one',
    'Project.Title': 'at most 255 characters',
  }),
);
export const asksFor = (hint: string): string => `needs ${hint}`;
export const otherFieldProblem = "isn't accepted by AWS";
/** AWS named no field, or none that can be shown. */
export const unnamedField = "A field AWS doesn't name";
/** The same where AWS says no more than that it can't be done. */
export const stepNotPermitted = {
  name: 'This step',
  problem: "isn't permitted as the opportunity stands: check its review status and the choices",
};
