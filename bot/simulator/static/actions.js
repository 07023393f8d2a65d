// What LINE does when an action is pressed.

import { fieldText, safeAddress } from "./dom.js";

const KINDS = { date: "date", time: "time", datetime: "datetime-local" };

// `phone` can say, press, toast and knows the time; see main.js.
export function actor(phone) {
  const deeds = {
    message: (action) => phone.say(action.text ?? ""),
    postback: (action) => {
      if (action.inputOption === "openKeyboard") phone.fill(action.fillInText ?? "");
      return phone.press(action.data ?? "", action.displayText ?? action.text ?? "");
    },
    uri: (action) => open(action.uri ?? "", phone),
    richmenuswitch: (action) => phone.turn(action.richMenuAliasId ?? "", action.data ?? ""),
    datetimepicker: (action) => pick(action, phone),
    clipboard: async (action) => {
      await navigator.clipboard?.writeText(action.clipboardText ?? "");
      phone.toast("已複製");
    },
    location: () => phone.send("location"),
    camera: () => phone.send("image"),
    cameraRoll: () => phone.send("image"),
  };
  return (action) => deeds[action?.type]?.(action) ?? undefined;
}

function open(address, phone) {
  const safe = safeAddress(address);
  if (!safe) phone.toast(`這個連結打不開：${address}`);
  else if (/^https?:/.test(safe)) window.open(safe, "_blank", "noopener,noreferrer");
  else phone.toast(safe.startsWith("tel:") ? `手機會撥打 ${safe.slice(4)}` : `手機會開啟 ${safe}`);
}

function pick(action, phone) {
  const dialog = document.getElementById("picker");
  const input = document.getElementById("picker-input");
  input.type = KINDS[action.mode] ?? "datetime-local";
  for (const name of ["min", "max"]) input[name] = (action[name] ?? "").replace("t", "T");
  input.value = (action.initial ?? defaultFor(action.mode, phone.now())).replace("t", "T");
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "ok" || !input.value) return;
    phone.press(action.data ?? "", "", { [action.mode]: input.value });
  }, { once: true });
  dialog.showModal();
}

function defaultFor(mode, now) {
  const whole = fieldText(now);
  if (mode === "date") return whole.slice(0, 10);
  return mode === "time" ? whole.slice(11) : whole;
}
