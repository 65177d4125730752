import { Menu, useMantineColorScheme, UnstyledButton } from '@mantine/core';
import { IconDeviceDesktop, IconKeyboard, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useLogout } from '@/api/session';
import { Avatar } from '@/ui/parts';
import { words } from '@/ui/format';
import { useMe } from './me';
import { useShell } from './shell';

const schemes = [
  { value: 'auto', name: 'As the system', Icon: IconDeviceDesktop },
  { value: 'light', name: 'Light', Icon: IconSun },
  { value: 'dark', name: 'Dark', Icon: IconMoon },
] as const;

export function UserMenu() {
  const me = useMe();
  const { openShortcuts } = useShell();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const logout = useLogout();
  return (
    <Menu position="bottom-end" width={224} shadow="md" transitionProps={{ duration: 80 }}>
      <Menu.Target>
        <UnstyledButton aria-label={`${me.name}: account and theme`}>
          <Avatar name={me.name} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name}, {words(me.role)}
        </Menu.Label>
        {schemes.map(({ value, name, Icon }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            leftSection={<Icon size={16} />}
            rightSection={colorScheme === value ? '\u2713' : null}
            onClick={() => setColorScheme(value)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openShortcuts} rightSection={<kbd>?</kbd>}>
          Keyboard
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => logout.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
