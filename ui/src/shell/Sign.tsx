// The sign and the name: the stairs and the water.
import sign from "./sign.svg";
import styles from "./TopBar.module.css";

export function Sign({ size = 20 }: { size?: number }) {
  return (
    <span className={styles.sign}>
      <img src={sign} width={size} height={size * 0.8} alt="" />
      Stepwell
    </span>
  );
}
