// The core inside the desktop window: one command for calls, one channel for events, the system's dialogs.
import { Channel, invoke } from "@tauri-apps/api/core";
import { open, save } from "@tauri-apps/plugin-dialog";
import type { StudioEvent } from "./contract";
import {
  CallFailure,
  type Listener,
  type Method,
  type NativeDialogs,
  type Params,
  type Result,
  type Transport,
} from "./transport";

export class TauriTransport implements Transport {
  readonly dialogs: NativeDialogs = {
    openFolder: () => open({ directory: true, title: "Open a project" }),
    saveFile: (suggestedName) => save({ defaultPath: suggestedName, title: "Export" }),
  };

  async call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    try {
      return await invoke<Result<M>>("call", { method, params });
    } catch (thrown) {
      throw CallFailure.from(thrown);
    }
  }

  subscribe(listener: Listener): () => void {
    const channel = new Channel<StudioEvent[]>();
    channel.onmessage = (batch) => listener.events(batch);
    invoke("subscribe", { channel }).then(
      () => listener.connection("online"),
      () => listener.connection("offline"),
    );
    return () => {
      channel.onmessage = () => {};
    };
  }
}
