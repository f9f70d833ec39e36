import type { Clock } from '../../src/clock.ts';
import type { Altered } from './altered.ts';
import type { Observed } from './observed.ts';

/** Starts a stand-in Partner Central on loopback: `startPartnerCentral` in `server.ts`. */
export interface PartnerCentralOptions {
  readonly clock: Clock;
  /** 0 (the default): any free port. */
  readonly port?: number;
  /** The only credentials it accepts; defaults in `server.ts`. */
  readonly credentials?: StandInCredentials;
  /** Hold to the documented quotas (writes 1/s, reads 10/s). Off by default: tests switch it on. */
  readonly quotas?: boolean;
  /** What ListSolutions answers; `demoSolutions` where it isn't given. */
  readonly solutions?: readonly Solution[];
  /** What AWS does where that isn't known for sure; the likeliest where it isn't given. */
  readonly observed?: Partial<Observed>;
  /** What is known of AWS, played otherwise; as it is known where it isn't given. */
  readonly altered?: Partial<Altered>;
}

/** A partner solution, as ListSolutions answers it. */
export interface Solution {
  readonly Catalog: string;
  /** `S-` and digits. */
  readonly Id: string;
  readonly Name: string;
  readonly Status: 'Active' | 'Inactive' | 'Draft';
  /** Null was recorded too (2024-11, of an inactive one). */
  readonly Category: string | null;
  readonly CreatedDate: string;
}

export interface StandInCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A whole opportunity, plus what AWS keeps to itself until the summary is asked for. */
export interface StoredOpportunity {
  readonly catalog: string;
  /** What GetOpportunity returns, without the members that are null there. Unknown fields are kept. */
  readonly opportunity: Readonly<Record<string, unknown>> & {
    readonly Id: string;
    readonly LastModifiedDate: string;
  };
  readonly origin: 'Partner Referral' | 'AWS Referral';
  readonly involvementType: string | undefined;
  readonly visibility: string | undefined;
  /** AWS's own people on it, once there are any. */
  readonly awsTeam?: readonly AwsTeamMember[];
  /** What AWS makes of it, where this deal is to differ from the others. */
  readonly insights?: Observed['insights'];
  /** How AWS takes part, where its insights are scored: `AWS Field-engaged` if it isn't given. Recorded by nobody. */
  readonly cosellMotion?: string;
  /** AWS knows it and these credentials may not touch it: every operation on it is an AccessDeniedException. */
  readonly accessDenied?: boolean;
}

/** One of AWS's people, as GetAwsOpportunitySummary names them. */
export interface AwsTeamMember {
  readonly FirstName: string;
  readonly LastName: string;
  readonly Email: string;
  /** `AWSSalesRep`, `AWSAccountOwner`, `WWPSPDM`, `PDM`, `PSM` or `ISVSM`. */
  readonly BusinessTitle: string;
}

/** One request as it arrived, whether or not it was executed. */
export interface RecordedRequest {
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds of the stand-in's clock. */
  readonly at: number;
  /** True where the operation took effect (for a read: was answered from the data). */
  readonly executed: boolean;
  /** When it took effect (of the same clock), where that was not at once. */
  readonly executedAt?: number;
  /** The exception that a fault answered with, the operation left undone. */
  readonly refusedAs?: string;
  /** AWS's own answer, where it got through. */
  readonly answered?: Answered | undefined;
}

/** When AWS answered (milliseconds of the stand-in's clock), and what. */
export interface Answered {
  readonly at: number;
  readonly status: number;
  /** The exception's name. */
  readonly error: string | undefined;
  /** False where it broke off on the way. */
  readonly whole: boolean;
}

/**
 * A fault for the next `times` requests (every one until removed, where it isn't given) of `operation`
 * (every operation, where it isn't given). Latency is added to whatever else applies.
 */
export interface PartnerCentralFault {
  readonly operation?: string;
  readonly times?: number;
  /** How many requests it leaves alone first. */
  readonly spares?: number;
  readonly kind:
    | {
        readonly type: 'error';
        readonly name: string;
        readonly status?: number;
        readonly message?: string;
        readonly body?: Readonly<Record<string, unknown>>;
        readonly headers?: Readonly<Record<string, string>>;
        /** True: the operation takes effect all the same (an InternalServerException after the fact). */
        readonly execute?: boolean;
      }
    | { readonly type: 'latency'; readonly ms: number }
    | { readonly type: 'hang'; readonly execute: boolean }
    | { readonly type: 'reset'; readonly execute: boolean }
    | { readonly type: 'html-503'; readonly execute: boolean }
    | { readonly type: 'truncated-body'; readonly execute: boolean }
    /** 200, nothing in it and, as from a gateway, no request ID. */
    | { readonly type: 'empty-body'; readonly execute: boolean }
    /** 200 with a body that SubmitOpportunity never has. */
    | { readonly type: 'odd-200'; readonly execute: boolean }
    | { readonly type: 'throttle'; readonly retryAfterMs?: number }
    /** It is accepted now and takes effect `ms` later by the clock; whoever asked hears nothing, or loses the connection. */
    | { readonly type: 'late'; readonly ms: number; readonly answer: 'hang' | 'reset' };
}

export interface PartnerCentralStandIn {
  /** e.g. `http://127.0.0.1:41234`, for AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING. */
  readonly url: string;
  readonly credentials: StandInCredentials;
  /** Adds or replaces an opportunity, as if it had been there for long. */
  seed(stored: StoredOpportunity): void;
  /** Adds an opportunity that is made at this moment: reads don't find it for `createLagMs`. */
  create(stored: StoredOpportunity): void;
  opportunity(catalog: string, id: string): StoredOpportunity | undefined;
  opportunities(): readonly StoredOpportunity[];
  /**
   * Plays AWS's reviewer, outside the API: sets ReviewStatus (and moves LastModifiedDate unless told otherwise).
   * Action Required and Rejected come with plausible comments and a reason where none are given.
   * Throws where there is no such opportunity.
   */
  review(
    catalog: string,
    id: string,
    status: string,
    options?: {
      readonly comments?: string;
      readonly reason?: string;
      readonly keepLastModifiedDate?: boolean;
    },
  ): void;
  /**
   * Plays AWS assigning its own people, outside the API: plausible ones where none are given. The partner's side of
   * the opportunity doesn't change. Throws where there is no such opportunity.
   */
  assignTeam(catalog: string, id: string, team?: readonly AwsTeamMember[]): void;
  /** Every request since the start, oldest first. */
  requests(operation?: string): readonly RecordedRequest[];
  /** How many times SubmitOpportunity took effect for this opportunity: 0 or 1 unless something is broken. */
  submissionsExecuted(id: string): number;
  /** From now on AWS does this, where nobody knows for sure what it does. */
  behave(change: Partial<Observed>): void;
  /** Switches a fault on; the answer switches it off. Faults are tried newest first. */
  injectFault(fault: PartnerCentralFault): () => void;
  clearFaults(): void;
  /** Called after every change to the data or the faults; the answer unsubscribes. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}
