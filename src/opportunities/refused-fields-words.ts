/** What is wrong with a field, from AWS's code. The text reads after the field's name and a colon. */
export const fieldProblems: ReadonlyMap<string, string> = new Map(
  Object.entries({
    REQUIRED_FIELD_MISSING: 'is missing',
    INVALID_ENUM_VALUE: "isn't one of the values AWS knows",
    INVALID_STRING_FORMAT: "isn't written the way AWS expects",
    INVALID_VALUE: "has a value AWS doesn't accept",
    NOT_ENOUGH_VALUES: 'needs more entries',
    TOO_MANY_VALUES: 'has too many entries',
    INVALID_RESOURCE_STATE: "can't be changed in the state the opportunity is in",
    DUPLICATE_KEY_VALUE: 'is already used by another opportunity',
    VALUE_OUT_OF_RANGE: 'is too small, too large, too short or too long',
    ACTION_NOT_PERMITTED: "can't be like this, or be changed, as the opportunity stands",
    OPPORTUNITY_VALIDATION_FAILED: "is missing, or isn't as AWS asks for it",
    BUSINESS_VALIDATION_EXCEPTION: "doesn't go with the rest of the opportunity, or with what was chosen",
  }),
);
/** What AWS asks of a field, where its code alone says too little. By AWS's path, without indexes. */
export const fieldHints: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'Customer.Account.WebsiteUrl': 'a public web address',
    'LifeCycle.TargetCloseDate': 'a date after today',
    'Project.CustomerBusinessProblem': '20 to 2,000 characters',
    'Project.ExpectedCustomerSpend.Amount': 'an amount above 0',
    'Project.ExpectedCustomerSpend.CurrencyCode': 'USD, or EUR in the AWS European Sovereign Cloud',
    'Project.SalesActivities': 'at least one',
    'Project.Title': 'at most 255 characters',
  }),
);
export const asksFor = (hint: string): string => `AWS asks for ${hint}`;
export const otherFieldProblem = "isn't accepted by AWS";
/** AWS named no field, or none that can be shown. */
export const unnamedField = "A field AWS doesn't name";
/** The same where AWS says no more than that it can't be done. */
export const stepNotPermitted = {
  name: 'This step',
  problem:
    "isn't permitted as the opportunity stands; its review status in Partner Central, and the choices made here, are what to check",
};
