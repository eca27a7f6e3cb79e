/** Asks before a dead letter is taken again or put away, and for the reason that is kept with it. */
import { useMutation } from '@tanstack/react-query';
import { type DeadLetter } from '@tributary/http-api';
import { Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../api/api';
import { ProblemView } from '../problem/problem-view';

export type DecisionKind = 'replay' | 'discard';

export interface DecisionDialogProps {
  readonly kind: DecisionKind;
  readonly letter: DeadLetter;
  readonly onClose: (done: boolean) => void;
}

const reasonLengthMax = 1_000;

export function DecisionDialog({ kind, letter, onClose }: DecisionDialogProps): ReactNode {
  const { t } = useTranslation('deadLetters');
  const [reason, setReason] = useState('');
  const said = reason.trim();
  const decision = useMutation({
    mutationFn: () => api[kind](letter.id, said === '' ? undefined : said),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['dead-letters'] });
      onClose(true);
    },
  });
  return (
    <Modal
      open
      title={t(`${kind}Title`)}
      okText={t(kind)}
      // A filled red button misses the contrast in the dark.
      okType={kind === 'discard' ? 'default' : 'primary'}
      okButtonProps={{ danger: kind === 'discard', loading: decision.isPending, disabled: kind === 'discard' && said === '' }}
      cancelText={t('cancel')}
      onOk={() => {
        decision.mutate();
      }}
      onCancel={() => {
        onClose(false);
      }}
    >
      <p>{t(`${kind}Text`, { group: letter.group })}</p>
      <label className="letter-reason">
        <span>{t(kind === 'discard' ? 'reasonNeeded' : 'reasonWanted')}</span>
        <Input.TextArea
          autoFocus
          rows={3}
          maxLength={reasonLengthMax}
          value={reason}
          onChange={({ target }) => {
            setReason(target.value);
          }}
        />
      </label>
      {decision.isError && <ProblemView error={decision.error} />}
    </Modal>
  );
}
