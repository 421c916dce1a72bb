"""Outputs of devices, made up after the forms that ``docs/device.md`` lists."""

from __future__ import annotations

APPOPS_8 = """\
Current AppOps Service state:
  Op mode watchers:
    Op COARSE_LOCATION:
      #0: Callback{52b1a3f watchinguid=-1 from uid=1000 pid=1105}
  Package mode watchers:
    Pkg com.example.app:
      #0: Callback{52b1a3f watchinguid=-1 from uid=1000 pid=1105}

  Uid u0a142:
      RUN_IN_BACKGROUND: mode=1
    Package com.example.app:
      FINE_LOCATION: mode=0; time=+1h2m3s4ms ago; duration=+27s
      READ_CONTACTS: mode=1; time=+2d ago; rejectTime=+5s250ms ago
      RECORD_AUDIO: mode=0; time=+3s ago (running)
      WAKE_LOCK: mode=3
"""
APPOPS_9 = """\
  Uid u0a142:
    state=top
    Package com.example.app:
      CAMERA (allow):\x20
          Access: top   = 2026-11-24 08:59:00.123 (-1m0s4ms)
                  bg    = 2026-11-24 07:59:00.123 (-1h1m0s4ms)
          Reject: cch   = 2026-11-23 08:59:00.000 (-1d1m0s127ms)
          duration=+24ms
      MONITOR_LOCATION (allow / switch COARSE_LOCATION=allow):\x20
          Access: pers  = 2026-11-24 08:13:42.317 (-46m17s810ms)
          Running start at: +39m4s372ms
          startNesting=1
      GET_USAGE_STATS (default):\x20
          Reject: pers  = 2026-11-24 08:59:32.000 (-28s958ms)
"""
APPOPS_11 = """\
Current AppOps Service state:
  Settings:
    top_state_settle_time=+5s0ms

  Uid 1000:
    state=pers
    Package android:
      WAKE_LOCK (allow):
        null=[
          Access: [pers-s] 2026-11-24 08:59:59.000 (-1s0ms)
        ]
  Uid u10a142:
    state=cch
    capability=6
    appWidgetVisible=false
      COARSE_LOCATION: mode=foreground
      READ_PHONE_STATE: mode=ignore
    Package com.example.app:
      READ_CONTACTS (allow):
        null=[
          Access: [fgsvc-s] 2026-11-24 08:24:10.559 (-35m49s441ms)
          Access: [fgsvc-tp] 2026-11-24 08:23:58.189 (-36m1s811ms)
        ]
        com.example.ads=[
          Access: [cch-tpd] 2026-11-24 08:26:27.018 (-33m32s982ms) duration=+2s5ms \
proxy[uid=10070, pkg=com.android.providers.contacts, attributionTag=null]
        ]
      READ_CLIPBOARD (allow):
        null=[
          Access: [top-s] 2026-11-24 08:59:00.000 (-1m0s0ms)
          Reject: [bg-s]2026-11-24 08:58:00.000 (-2m0s0ms)
        ]
      RECORD_AUDIO (allow):
        rec=[
          Running start at: +3s
        ]
      FINE_LOCATION (allow / switch COARSE_LOCATION=foreground):
        null=[
        ]
"""
APPOPS_GET = """\
Uid mode: COARSE_LOCATION: foreground
LEGACY_STORAGE: allow
FINE_LOCATION: allow; time=+25s67ms ago; duration=+2s
RECORD_AUDIO: allow; time=+3s ago (running)
android:read_contacts: ignore; rejectTime=+1m ago
READ_PHONE_STATE: default
"""
PACKAGE_6 = """\
Activity Resolver Table:
  Non-Data Actions:
      android.intent.action.MAIN:
        1c28858b com.example.app/.MainActivity

Packages:
  Package [com.example.other] (296f3941):
    userId=10100
    versionName=9
  Package [com.example.app] (296f3942):
    userId=10142 gids=[1028, 1015]
    codePath=/data/app/com.example.app-2
    versionCode=12 targetSdk=23
    versionName=1.2.0 beta
    flags=[ HAS_CODE ALLOW_CLEAR_USER_DATA ]
    timeStamp=2026-11-20 10:00:00
    firstInstallTime=2026-11-20 10:00:01
    lastUpdateTime=2026-11-24 08:00:00
    signatures=PackageSignatures{15705ed4 [69ba726, 1a2b3c]}
    installPermissionsFixed=true installStatus=1
    pkgFlags=[ DEBUGGABLE HAS_CODE ]
    requested permissions:
      android.permission.INTERNET
      android.permission.CAMERA
      android.permission.READ_CONTACTS
    install permissions:
      android.permission.INTERNET: granted=true
    User 0:  installed=true hidden=false stopped=false notLaunched=false enabled=0
      gids=[3003]
      runtime permissions:
        android.permission.CAMERA: granted=false, flags=[ USER_SET USER_FIXED ]
        android.permission.READ_CONTACTS: granted=true
    User 999:  installed=false hidden=false stopped=true
      runtime permissions:
        android.permission.CAMERA: granted=true, flags=[ USER_SET ]

Hidden system packages:
  Package [com.example.app] (77):
    versionName=0.1
"""
PACKAGE_14 = """\
Packages:
  Package [com.example.app] (1c2d3e4):
    appId=10142
    pkg=Package{9f9b9fb com.example.app}
    versionCode=412 minSdk=24 targetSdk=34
    minExtensionVersions=[]
    versionName=4.1.2
    apkSigningVersion=3
    flags=[ HAS_CODE ALLOW_BACKUP ]
    queriesIntents=[Intent { act=android.intent.action.MAIN }]
    dataDir=/data/user/0/com.example.app
    timeStamp=2026-11-24 08:00:00
    lastUpdateTime=2026-11-24 08:00:00
    installerPackageName=com.android.shell
    signatures=PackageSignatures{ffe9d7e version:3, signatures:[f4ae824f], past signatures:[aa]}
    declared permissions:
      com.example.app.RECEIVER: prot=signature
    requested permissions:
      android.permission.INTERNET
      android.permission.READ_EXTERNAL_STORAGE: restricted=true
      android.permission.POST_NOTIFICATIONS
    install permissions:
      android.permission.INTERNET: granted=true
    User 0: ceDataInode=11 deDataInode=12 installed=true hidden=false suspended=false
      installReason=0
      firstInstallTime=2026-11-24 07:59:59
      gids=[3003]
      runtime permissions:
        android.permission.POST_NOTIFICATIONS: granted=false, \
flags=[ USER_SET|USER_SENSITIVE_WHEN_DENIED]
      disabledComponents:
        com.example.app.Receiver
    User 10: ceDataInode=0 installed=true hidden=false
      firstInstallTime=1970-01-01 08:00:00

Queries:
  system apps queryable: false
"""
LOG_EPOCH = """\
--------- beginning of main
1795482000.250  1234  1250 I ActivityTaskManager: Displayed com.example.app/.Main: +350ms
1795482001.000 10142  1234  1251 W example : no: colon
"""
LOG_THREADTIME = """\
--------- beginning of system
11-24 09:00:00.250  1234  1250 I ActivityTaskManager: START u0 {cmp=com.example.app/.Main}
11-24 09:00:01.000  1000  1100 D a b     :\x20
"""
