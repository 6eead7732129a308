// What is wrong in the open document and in the project, with its fixes.

export function ProblemsTab() {
  return null;
}
