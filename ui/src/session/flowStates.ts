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
