export default function DeskPage() { return <main id="main"><h1>DeskPage</h1></main>; }
