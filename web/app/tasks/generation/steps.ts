// A generation step by step, as a tree: every step extends some of the texts so far by one token.
// Greedy search and sampling make a tree without branches.

export interface Candidate {
  token: string;
  /** Of this token as the next one, 0 to 1. */
  probability: number;
}

export interface Choice {
  /** Which of the unfinished choices of the step before it extends. */
  parent: number;
  token: string;
  /** All that was generated so far. */
  text: string;
  /** What searches compare: the log-probability, adjusted for length. */
  score: number;
  finished: boolean;
}

export interface Step {
  hypotheses: readonly Choice[];
  /** For each unfinished choice of the step before, its likeliest next tokens, best first. */
  candidates: readonly (readonly Candidate[])[];
}

export interface TreeNode extends Choice {
  step: number;
  /** Among the choices of its step. */
  index: number;
  /** The node it extends; null in the first step. */
  before: TreeNode | null;
  isOnPath: boolean;
}

/** The nodes of each step; those that lead to the best text are on the path. */
export function treeOf(steps: readonly Step[]): TreeNode[][] {
  const tree: TreeNode[][] = [];
  steps.forEach(({ hypotheses }, step) => {
    const open = (tree[step - 1] ?? []).filter(({ finished }) => !finished);
    tree.push(
      hypotheses.map((choice, index) => {
        const before = open[choice.parent] ?? null;
        return { ...choice, step, index, before, isOnPath: false };
      }),
    );
  });
  for (let node = bestLeaf(tree); node !== null; node = node.before) node.isOnPath = true;
  return tree;
}

/** Finished texts before unfinished ones, then by score. */
function bestLeaf(tree: readonly TreeNode[][]): TreeNode | null {
  const finished = tree.flat().filter((node) => node.finished);
  const leaves = finished.length > 0 ? finished : (tree.at(-1) ?? []);
  return leaves.reduce<TreeNode | null>(
    (best, node) => (best === null || node.score > best.score ? node : best),
    null,
  );
}

/** The node of each step that leads to the best text; shorter than the tree if that ended early. */
export function pathOf(tree: readonly TreeNode[][]): TreeNode[] {
  return tree.flatMap((nodes) => nodes.filter(({ isOnPath }) => isOnPath));
}

/** What a node was chosen from. */
export function candidatesFor(steps: readonly Step[], node: TreeNode): readonly Candidate[] {
  const rows = steps[node.step]!.candidates;
  return rows[node.step === 0 ? 0 : node.parent] ?? [];
}
