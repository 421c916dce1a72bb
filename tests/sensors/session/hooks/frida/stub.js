// What the hook script uses of Frida, stubbed: classes of a small app, and a scene that calls them.
'use strict';

const fs = require('fs');
const vm = require('vm');

const script = fs.readFileSync(process.argv[2], 'utf8');
const scene = process.argv[3];
const lines = [];
const timers = [];
let now = 1700000000000;
let stack = ['com.demo.app.Main.onCreate', 'android.app.Activity.performCreate'];

function method(owner, name, bodies) {
  const member = function (...args) {
    return member.overloads[Math.min(args.length, bodies.length - 1)].apply(this, args);
  };
  member.overloads = bodies.filter((body) => body !== null).map(function (body) {
    let replaced = null;
    let running = false;
    const overload = function (...args) {
      if (replaced !== null && !running) {
        running = true; // a replaced method that calls itself reaches what was there before
        stack = [`${owner}.${name}`].concat(stack);
        try {
          return replaced.apply(this, args);
        } finally {
          running = false;
          stack = stack.slice(1);
        }
      }
      const held = running;
      running = false;
      try {
        return body.apply(this, args);
      } finally {
        running = held;
      }
    };
    Object.defineProperty(overload, 'implementation', {
      set(found) {
        if (body.refuses) {
          throw new Error('cannot be replaced');
        }
        replaced = found;
      },
    });
    return overload;
  });
  return member;
}

const classes = {};
function declare(name, methods, isInterface = false) {
  const wrapper = { $className: name, class: { isInterface: () => isInterface } };
  for (const [key, bodies] of Object.entries(methods)) {
    wrapper[key] = method(name, key, bodies);
  }
  classes[name] = wrapper;
  return wrapper;
}

const refusing = () => 'x';
refusing.refuses = true;
const later = {};

classes['android.util.Log'] = {};
classes['android.util.Log'].getStackTraceString = () => scene === 'bare-stack' ? '' : 'java.lang.Exception\n' + stack.map((frame) => `\tat ${frame}(Source.java:1)`).join('\n');
classes['java.lang.Exception'] = { $new: () => ({}) };
classes['java.lang.Thread'] = {
  currentThread: () => ({
    getName: () => 'main',
    getStackTrace: () => ['dalvik.system.VMStack.getThreadStackTrace', 'java.lang.Thread.getStackTrace', ...stack].map((frame) => ({
      getClassName: () => frame.slice(0, frame.lastIndexOf('.')),
      getMethodName: () => frame.slice(frame.lastIndexOf('.') + 1),
    })),
  }),
};
classes['android.app.ActivityThread'] = { currentProcessName: () => 'com.demo.app:push' };

const telephony = declare('android.telephony.TelephonyManager', {
  getDeviceId: [function () { return telephony.getDeviceId.overloads[1].call(this, 0); }, () => '861234567890123'],
  getImei: [() => { throw new Error('java.lang.SecurityException'); }],
  getLine1Number: [() => ''],
  getAllCellInfo: [() => ({ size: () => 0 })],
  getSubscriberId: [refusing],
});
const secure = declare('android.provider.Settings$Secure', { getString: [null, null, (_, key) => `value of ${key}`] });
const resolver = declare('android.content.ContentResolver', {
  query: [null, () => ({ moveToFirst: () => true, getCount: () => { throw new Error('the query was run'); } })],
});
const packages = declare('android.app.ApplicationPackageManager', { getInstalledPackages: [null, () => ({ size: () => 120 })] });
const activity = declare('android.app.Activity', { requestPermissions: [null, null, () => undefined] });
const compat = declare('androidx.core.app.ActivityCompat', {
  requestPermissions: [null, null, null, (...args) => activity.requestPermissions(args[1], args[2])],
});
const wifi = declare('android.net.wifi.WifiInfo', {
  getMacAddress: [() => '02:00:00:00:00:00'], getSSID: [() => '"home"'], getIpAddress: [() => 16777343],
});
const hardware = declare('java.net.NetworkInterface', { getHardwareAddress: [() => [1, 2, 3]] });
const updates = declare('android.location.LocationManager', { requestLocationUpdates: [() => undefined], getLastKnownLocation: [null, () => null] });
const recorder = declare('android.media.AudioRecord', { $init: [() => undefined], startRecording: [() => undefined] });
declare('com.bun.miitmdid.interfaces.IdSupplier', { getOAID: [() => 'x'] }, true);
declare('com.heytap.openid.IOpenID', { getSerID: [() => 'x'] }, true);
const proxy = declare('com.heytap.openid.IOpenID$Stub$Proxy', { getSerID: [() => 'oaid'] });
const amap = { $className: 'com.amap.api.location.AMapLocationClient', class: { isInterface: () => false } };
amap.startLocation = method(amap.$className, 'startLocation', [() => undefined]);
later[amap.$className] = amap;

const Java = {
  available: scene !== 'no-app',
  perform: (body) => body(),
  use(name) {
    if (!(name in classes)) {
      throw new Error(`java.lang.ClassNotFoundException: ${name}`);
    }
    return classes[name];
  },
  enumerateClassLoadersSync: () => ['plugin'],
  ClassFactory: {
    get: () => ({
      use(name) {
        if (!(name in later)) {
          throw new Error('not there');
        }
        return later[name];
      },
    }),
  },
};
const world = {
  Java: scene === 'no-bridge' ? undefined : Java,
  Process: { getCurrentThreadId: () => 7 },
  send: (event) => {
    if (scene === 'send-fails' && !('hooks' in event)) {
      throw new Error('the host is gone');
    }
    lines.push(JSON.stringify(event));
  },
  setTimeout: (body, wait) => timers.push([body, wait]),
  Date: { now: () => (now += 10) },
};
if (scene === 'no-bridge') {
  delete world.Java;
}
vm.runInNewContext(script, world);

const call = (wrapper, name, ...args) => {
  try {
    return wrapper[name].overloads.length > 1 ? wrapper[name].overloads[args.length].apply({}, args) : wrapper[name].overloads[0].apply({}, args);
  } catch (error) {
    return `threw ${error.message}`;
  }
};
const kept = {};
if (!scene.startsWith('no-')) {
  kept.deviceId = call(telephony, 'getDeviceId');
  kept.imei = call(telephony, 'getImei');
  call(telephony, 'getLine1Number');
  call(telephony, 'getAllCellInfo');
  kept.androidId = call(secure, 'getString', {}, 'android_id');
  call(secure, 'getString', {}, 'default_input_method');
  call(resolver, 'query', { toString: () => 'content://com.android.contacts/phone_lookup/13800138000' });
  call(resolver, 'query', { toString: () => 'content://com.demo.app.own/13800138000' });
  call(packages, 'getInstalledPackages', 0);
  call(compat, 'requestPermissions', {}, ['android.permission.CAMERA', 'android.permission.RECORD_AUDIO'], 1);
  call(wifi, 'getMacAddress');
  call(wifi, 'getSSID');
  call(wifi, 'getIpAddress');
  call(hardware, 'getHardwareAddress');
  call(updates, 'requestLocationUpdates');
  call(updates, 'getLastKnownLocation', 'gps');
  call(recorder, '$init');
  call(proxy, 'getSerID', 'com.demo.app');
  kept.waits = timers.map(([, wait]) => wait);
  for (const [body] of timers) {
    body();
  }
  call(amap, 'startLocation');
}
process.stdout.write(lines.map((line) => `${line}\n`).join(''));
process.stderr.write(JSON.stringify(kept));
