import { IconAdjustmentsHorizontal, IconHeadset, IconLayoutDashboard, IconMicrophone, IconPhone, IconUsers } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import { Mark } from '@/ui/Mark';
import { useMe } from './me';

const places = [
  { to: '/wall', name: 'Wall', Icon: IconLayoutDashboard, roles: null },
  { to: '/desk', name: 'Desk', Icon: IconHeadset, roles: ['closer', 'admin', 'manager'] },
  { to: '/leads', name: 'Leads', Icon: IconUsers, roles: null },
  { to: '/calls', name: 'Calls', Icon: IconPhone, roles: null },
  { to: '/talk', name: 'Talk', Icon: IconMicrophone, roles: null },
  { to: '/settings', name: 'Settings', Icon: IconAdjustmentsHorizontal, roles: ['admin', 'manager'] },
] as const;

/** Only the pages that exist and that the role may see; at phone width a bar at the bottom. */
export function Rail() {
  const { role } = useMe();
  const seen = places.filter(({ roles }) => roles === null || (roles as readonly string[]).includes(role));
  return (
    <nav className="rail" aria-label="Main">
      <NavLink className="mark" to="/wall" aria-label="Baton">
        <Mark />
      </NavLink>
      {seen.map(({ to, name, Icon }) => (
        <NavLink key={to} to={to} className={to === '/settings' ? 'nav push' : 'nav'}>
          <Icon size={20} stroke={1.75} aria-hidden />
          <span>{name}</span>
        </NavLink>
      ))}
    </nav>
  );
}
