import { createContext, useContext } from 'react';

export interface Me {
  id: string;
  name: string;
  login: string;
  role: string;
  closer_id?: string | null;
}

/** Who is signed in; inside the shell there always is somebody. */
export const MeContext = createContext<Me>({ id: '', name: '', login: '', role: '' });
export const useMe = () => useContext(MeContext);

const mayWrite = ['admin', 'manager', 'sdr', 'developer'];
export const mayAddLeads = (me: Me) => mayWrite.includes(me.role);
export const mayManage = (me: Me) => me.role === 'admin' || me.role === 'manager';
