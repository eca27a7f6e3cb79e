/** Asks for a token when the server wants one. */
import { Alert, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentToken, giveToken } from '../api/token';

export function TokenDialog(): ReactNode {
  const { t } = useTranslation('shell');
  const [token, setToken] = useState('');
  const use = (): void => {
    if (token.trim() !== '') giveToken(token.trim());
  };
  return (
    <Modal
      open
      title={t('tokenTitle')}
      okText={t('tokenUse')}
      cancelText={t('cancel')}
      onOk={use}
      okButtonProps={{ disabled: token.trim() === '' }}
      onCancel={() => {
        giveToken(undefined);
      }}
    >
      <p>{t('tokenText')}</p>
      {currentToken() !== undefined && <Alert type="error" showIcon title={t('tokenWrong')} />}
      <label htmlFor="token">{t('tokenLabel')}</label>
      <Input.Password
        id="token"
        autoFocus
        autoComplete="current-password"
        value={token}
        onChange={({ target }) => {
          setToken(target.value);
        }}
        onPressEnter={use}
      />
    </Modal>
  );
}
