// The states that can be added by hand, with the names of their icons.

export const FLOW_STATES = [
  { stateType: "Task", icon: "function" },
  { stateType: "Choice", icon: "choice" },
  { stateType: "Parallel", icon: "parallel" },
  { stateType: "Map", icon: "map" },
  { stateType: "Pass", icon: "pass" },
  { stateType: "Wait", icon: "wait" },
  { stateType: "Succeed", icon: "succeed" },
  { stateType: "Fail", icon: "fail" },
] as const;

/** A state that is to be put in. */
export interface NewState {
  stateType: string;
  /** For a Task: the project's function that it calls, by its name. */
  function?: string | null;
  /** For a Task that calls none of those: the id of what it calls. */
  action?: string | null;
}
