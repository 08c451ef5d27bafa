import type { PageOverrides } from '../../../../shared/api/page-record.ts';
import { usePage } from '../../stores/page-store.ts';
import { useToasts } from '../../stores/toast-store.ts';

/** States facts of the shown page; a refusal is told with a way to try again. */
export function useOverride(): (change: PageOverrides) => void {
  const page = usePage();
  const toasts = useToasts();
  const apply = (change: PageOverrides): void => {
    page
      .override(change)
      .catch((thrown: unknown) => toasts.fail('The change was not accepted', thrown, () => apply(change)));
  };
  return apply;
}
