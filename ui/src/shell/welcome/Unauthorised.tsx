// The address lacks the token, or has one of an earlier start.
import { KeyRound } from "lucide-react";
import { Empty } from "../../design/Empty";
import styles from "./welcome.module.css";

export function Unauthorised() {
  return (
    <main className={styles.page}>
      <Empty icon={KeyRound} title="This address has no key">
        <p>
          Open the address that <code>stepwell studio</code> printed when it started, all of it: what follows{" "}
          <code>#token=</code> lets this page in, and it is new at each start.
        </p>
      </Empty>
    </main>
  );
}
