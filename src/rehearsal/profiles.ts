/** How often the rehearsal model says no or errs, each from 0 to 1. */
export interface ProfileRates {
  judgeNo: number;
  voteNo: number;
  /** Answers that no parser can use. */
  unusable: number;
  reword: number;
  /** Pairs that the context revision drops. */
  revisionFail: number;
  /** Conversations with a fault that the mechanical checks find. */
  conversationFault: number;
}

export const PROFILE_NAMES = ['agreeable', 'mixed', 'hostile'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** `mixed` walks every branch of the pipeline; `hostile` votes no mostly and doubles the other rates. */
export const PROFILES: Record<ProfileName, ProfileRates> = {
  agreeable: { judgeNo: 0, voteNo: 0, unusable: 0, reword: 0, revisionFail: 0, conversationFault: 0 },
  mixed: { judgeNo: 0.1, voteNo: 0.2, unusable: 0.03, reword: 0.15, revisionFail: 0.05, conversationFault: 0.15 },
  hostile: { judgeNo: 0.2, voteNo: 0.7, unusable: 0.06, reword: 0.3, revisionFail: 0.1, conversationFault: 0.3 },
};
