import { useLearning } from '../stores/learning-store.ts';
import { useView } from '../stores/view-store.ts';

/** Opens the lineage of models and training sets, in the place of whatever dialog is open. */
export function useShowLineage(): () => void {
  const learning = useLearning();
  const view = useView();
  return () => {
    learning.lineageFirst = true;
    view.dialog = 'learn';
  };
}
