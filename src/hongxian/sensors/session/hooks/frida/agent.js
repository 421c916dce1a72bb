/*
 * Hongxian's hook script for Frida: tells which interfaces that give personal information are
 * called, when, on which thread and from which code.
 *
 * It sends no argument and no result. What leaves the process is: the name of the interface, the
 * call stack, the names of thread and process, names of permissions that are asked for, and of
 * arguments only those that stand in the plan (names of settings and properties, beginnings of
 * content URIs); of a result, whether there was any.
 *
 * The plan, made from the catalogue of interfaces, is put behind this function as its argument.
 */
(function (plan) {
  'use strict';

  const MOST_FRAMES = 128;
  const FRAME = /^\s*at ([^\s(]+)\(/;

  const absent = new Map(); // class -> the function that hooks it
  const hooked = new Set(); // class, method and number of the overload
  const busy = new Map(); // thread -> what it is inside of
  const nothing = new Set(plan.nothing);
  let failed = [];
  let made = 0;
  let processName = null;

  /* ---- what is sent ---- */

  function stackHere() {
    const text = String(Java.use('android.util.Log').getStackTraceString(Java.use('java.lang.Exception').$new()));
    const frames = [];
    for (const line of text.split('\n')) {
      const found = FRAME.exec(line);
      if (found !== null && frames.length < MOST_FRAMES) {
        frames.push(found[1]);
      }
    }
    return frames.length > 0 ? frames : framesOfThread();
  }

  function framesOfThread() {
    const frames = [];
    const found = Java.use('java.lang.Thread').currentThread().getStackTrace();
    for (let i = 0; i < found.length && frames.length < MOST_FRAMES; i++) {
      const name = found[i].getClassName() + '.' + found[i].getMethodName();
      if (!name.startsWith('dalvik.system.VMStack.') && name !== 'java.lang.Thread.getStackTrace') {
        frames.push(name);
      }
    }
    return frames;
  }

  function process() {
    if (processName === null) {
      try {
        processName = Java.use('android.app.ActivityThread').currentProcessName();
      } catch (_) {
        processName = null; // before the app is bound to its process
      }
    }
    return processName === null ? null : String(processName);
  }

  function begin(name) {
    return {
      at: Date.now(),
      api: name,
      args: [],
      stack: stackHere(),
      thread: String(Java.use('java.lang.Thread').currentThread().getName()),
      process: process(),
      permission: null,
      outcome: null,
    };
  }

  function tell(event, outcome) {
    try {
      event.outcome = outcome;
      send(event);
    } catch (_) {
      // the app goes on, whatever happens here
    }
  }

  function report() {
    send({ hooks: { version: plan.version, java: true, made: made, absent: absent.size, failed: failed } });
    failed = [];
  }

  /* ---- whether a call gave anything ---- */

  function outcomeOf(result) {
    try {
      return outcome(result);
    } catch (_) {
      return null;
    }
  }

  function outcome(result) {
    if (result === undefined) {
      return null; // the method gives nothing back
    }
    if (result === null || result === false || result === 0 || result === -1) {
      return 'denied';
    }
    if (typeof result === 'string') {
      return result === '' || nothing.has(result) ? 'denied' : 'granted';
    }
    if (typeof result !== 'object' && typeof result !== 'function') {
      return 'granted';
    }
    if (typeof result.length === 'number') {
      return result.length === 0 ? 'denied' : 'granted';
    }
    if (typeof result.moveToFirst === 'function') {
      return null; // to count the rows of a cursor would run its query
    }
    if (typeof result.size === 'function') {
      return Number(result.size()) === 0 ? 'denied' : 'granted';
    }
    return 'granted';
  }

  /* ---- one hook ---- */

  function enter(token) {
    const thread = Process.getCurrentThreadId();
    const inside = busy.get(thread) || [];
    if (inside.includes(token)) {
      return null; // an overload that calls another, or a wrapper that calls the real thing
    }
    busy.set(thread, inside.concat(token));
    return function () {
      if (inside.length > 0) {
        busy.set(thread, inside);
      } else {
        busy.delete(thread);
      }
    };
  }

  // `look` fills in what may be told of the arguments, and says whether the call counts.
  function replace(overload, name, token, look) {
    overload.implementation = function () {
      const leave = enter(token);
      if (leave === null) {
        return overload.apply(this, arguments);
      }
      let event = null;
      try {
        const told = look(arguments);
        if (told !== null) {
          event = Object.assign(begin(name), told);
        }
      } catch (_) {
        event = null; // a call that cannot be told of is made all the same
      }
      try {
        const result = overload.apply(this, arguments);
        if (event !== null) {
          tell(event, event.permission === null ? outcomeOf(result) : null);
        }
        return result;
      } catch (error) {
        if (event !== null) {
          tell(event, 'denied');
        }
        throw error;
      } finally {
        leave();
      }
    };
  }

  function hookMethod(wrapper, owner, method, token, look) {
    const member = wrapper[method === '<init>' ? '$init' : method];
    if (member === undefined || member === null || member.overloads === undefined) {
      return; // this version of Android, or of the SDK, has no such method
    }
    member.overloads.forEach(function (overload, number) {
      const name = owner + '.' + method;
      const id = wrapper.$className + '.' + method + '#' + number;
      if (hooked.has(id)) {
        return;
      }
      try {
        replace(overload, name, token, look);
        hooked.add(id);
        made += 1;
      } catch (error) {
        failed.push(name);
      }
    });
  }

  /* ---- what may be told of the arguments ---- */

  function lookNowhere() {
    return {};
  }

  function lookForKeys(keys) {
    const wanted = new Set(keys);
    return function (args) {
      const found = Array.from(args).filter(function (arg) {
        return typeof arg === 'string' && wanted.has(arg);
      });
      return found.length > 0 ? { args: found } : null;
    };
  }

  function lookAtUri(args) {
    const uri = args.length > 0 && args[0] !== null ? String(args[0].toString()) : '';
    const found = plan.uris.find(function (beginning) {
      return uri.startsWith(beginning);
    });
    return found === undefined ? null : { args: [found] };
  }

  function lookAtPermissions(args) {
    for (const arg of Array.from(args)) {
      if (arg !== null && typeof arg === 'object' && typeof arg.length === 'number') {
        const names = Array.from(arg).filter(function (name) {
          return typeof name === 'string';
        });
        if (names.length > 0) {
          return { permission: names };
        }
      }
    }
    return null;
  }

  /* ---- classes ---- */

  function hookClass(wanted) {
    return function (wrapper) {
      const found = implemented(wrapper);
      if (found === null) {
        failed.push(wanted.name); // an interface: who implements it is not known
        return;
      }
      for (const method of wanted.methods) {
        hookMethod(found, wanted.name, method, wanted.name, lookNowhere);
      }
      for (const method of Object.keys(wanted.keyed)) {
        hookMethod(found, wanted.name, method, wanted.name, lookForKeys(wanted.keyed[method]));
      }
    };
  }

  function implemented(wrapper) {
    if (!wrapper.class.isInterface()) {
      return wrapper;
    }
    try {
      return Java.use(wrapper.$className + '$Stub$Proxy');
    } catch (_) {
      return null;
    }
  }

  function hookQuery(wrapper) {
    hookMethod(wrapper, 'android.content.ContentResolver', 'query', 'query', lookAtUri);
  }

  function hookRequest(name) {
    return function (wrapper) {
      hookMethod(wrapper, name, 'requestPermissions', 'request', lookAtPermissions);
    };
  }

  function attempt(name, hook, use) {
    let wrapper;
    try {
      wrapper = use(name);
    } catch (_) {
      absent.set(name, hook);
      return;
    }
    absent.delete(name);
    try {
      hook(wrapper);
    } catch (_) {
      failed.push(name);
    }
  }

  function start() {
    const use = function (name) {
      return Java.use(name);
    };
    for (const wanted of plan.classes) {
      for (const name of wanted.at) {
        attempt(name, hookClass(wanted), use);
      }
    }
    attempt('android.content.ContentResolver', hookQuery, use);
    for (const name of plan.requests) {
      attempt(name, hookRequest(name), use);
    }
    report();
  }

  // Classes of packed apps and of plug-ins come later, in class loaders of their own.
  function startAgain() {
    const before = made + failed.length;
    for (const factory of factories()) {
      for (const [name, hook] of Array.from(absent)) {
        attempt(name, hook, function (wanted) {
          return factory.use(wanted);
        });
      }
    }
    if (made + failed.length > before) {
      report();
    }
  }

  function factories() {
    const found = [Java];
    try {
      for (const loader of Java.enumerateClassLoadersSync()) {
        found.push(Java.ClassFactory.get(loader));
      }
    } catch (_) {
      // the class loader of the app is enough
    }
    return found;
  }

  if (typeof Java === 'undefined' || !Java.available) {
    send({ hooks: { version: plan.version, java: false, made: 0, absent: 0, failed: [] } });
    return;
  }
  Java.perform(start);
  for (const wait of plan.later) {
    setTimeout(function () {
      Java.perform(startAgain);
    }, wait);
  }
})
