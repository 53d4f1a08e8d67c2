/**
 * Readers that the CCID driver knows by their USB numbers: the list of libccid 1.5.2-1 of Debian 12 (`/etc/libccid_Info.plist`, read on
 * 2026-11-27). Facts only, in a form of our own: `vendor: product name|product name`, numbers in hexadecimal. A newer driver knows more; where
 * its own list is on the machine, that one is read instead.
 */
const list = `
03eb: 6004 ATMEL AT91SO CCID Smart Card Reader|6009 ATMEL AT98SC032CT-USB|600b ATMEL AT91SC192192CT-USB ICCD reader|6010 ATMEL AT90SCR100
03eb: 6011 ATMEL AT90SCR050|6012 ATMEL VaultIC420 Smart Object|6014 ATMEL VaultIC440|9308 IIT E.Key Crystal-1|9324 IIT E.Key Almaz-1C
03eb: 6016 ATMEL VaultIC460
03f0: 0824 SCM Microsystems Inc. HP USB Smartcard Reader|114a Chicony HP USB Smartcard CCID Keyboard KR|124a Chicony HP USB Smartcard CCID Keyboard JP
03f0: 104a Hewlett Packard HP USB Smartcard CCID Keyboard|2924 Hewlett Packard MFP Smart Card Reader|581d Hewlett-Packard HP lt4112 Gobi 4G Module
03f0: 164a Liteon HP SC Keyboard - Apollo (Liteon)|174a Liteon HP SC Keyboard - Apollo KR (Liteon)|184a Liteon HP SC Keyboard - Apollo JP (Liteon)
03f0: 0036 Hewlett-Packard Company HP USB CCID Smartcard Keyboard|1024 Hewlett-Packard Company HP USB Smart Card Keyboard
0403: c587 SecuTech SecuTech Token
0416: c136 MK Technology KeyPass S1|c137 MK Technology KeyPass D1|3815 Winbond CCID SmartCard Controller
0424: 1104 Microchip SEC1110|1202 Microchip SEC1210
046a: 0005 Cherry GmbH SmartBoard XX33|0010 Cherry GmbH SmartBoard XX44|002d Cherry GmbH SmartTerminal XX44|003e Cherry GmbH SmartTerminal ST-2xxx
046a: 01a2 Cherry GmbH CHERRY SECURE BOARD 1.0|0090 Cherry Smart Card Reader USB|0092 Cherry TC 1300|00a1 Cherry KC 1000 SC|00a2 Cherry KC 1000 SC/DI
046a: 00a3 Cherry Smartcard Keyboard G87-1xx44|00a4 Cherry KC 1000 SC Z|00a5 Cherry KC 1000 SC/DI Z|00a7 Cherry SmartTerminal XX44
046a: 005b Cherry GmbH SmartBoard XX1X|0070 Cherry GmbH SmartTerminal XX1X|0072 Cherry GmbH SmartTerminal ST-1275
0471: 040f Philips Semiconductors JCOP41V221
0483: acd1 ANCUD CCID USB Reader & RNG|a389 Dexon Tecnologias Digitais LTDA DXToken|0007 Kingtrust Multi-Reader
048d: 1366 Generic MultiCard Device
04a4: 00c7 Hitachi, Ltd. Hitachi Biometric Reader|00d4 Hitachi, Ltd. Hitachi Portable Biometric Reader
04b9: 1400 Philips Semiconductors SmartMX Sample
04cc: 5072 KEBTechnology KONA USB SmartCard
04d8: eb61 jSolutions s.r.o. Multi SIM card reader 4/8
04da: 117a Panasonic Panasonic USB Smart Card Reader 7A-Smart
04e6: 5111 SCM Microsystems Inc. SCR 331-DI|5116 SCM Microsystems Inc. SCR 3310|511d SCM Microsystems Inc. SCR 3311|5410 SCM Microsystems Inc. SCR 355
04e6: e001 SCM Microsystems Inc. SCR 331|e003 SCM Microsystems Inc. SPR 532|511c Axalto Reflex USB v3|5612 Identiv uTrust 3720 Contactless Reader
04e6: 5613 Identiv uTrust 3721 Contactless Reader|5713 Identiv CLOUD 2980 F Smart Card Reader|5724 Identiv Identiv uTrust 4701 F Dual Interface Reader
04e6: 5725 Identiv Identiv uTrust 4711 F CL + SAM Reader|5790 Identiv uTrust 3700 F CL Reader|5791 Identiv uTrust 3701 F CL Reader
04e6: 5811 Identiv uTrust 2900 R Smart Card Reader|5812 Identiv uTrust 2910 R Smart Card Reader|5814 Identiv SCR3500 A Contact Reader
04e6: 5815 Identiv SCR3500 B Contact Reader|5816 Identiv uTrust 3512 SAM slot Token|5818 Identiv @MAXX Light2 token
04e6: 5819 Identiv @MAXX ID-1 Smart Card Reader|581a Identiv uTrust 3522 embd SE RFID Token|581b Identiv uTrust 2910 R Taglio SC Reader
04e6: 581c Identiv SCR35xx USB Smart Card Reader|581d Identiv SCR3500 C Contact Reader|5710 Identive CLOUD 2700 F Smart Card Reader
04e6: 5720 Identive Identive CLOUD 4500 F Dual Interface Reader|5721 Identive Identive CLOUD 4510 F Contactless + SAM Reader
04e6: 5723 Identive Identive CLOUD 4000 F DTC|5810 Identive CLOUD 2700 R Smart Card Reader|5817 Identive SCT3522CC token
04e6: 511a NTT Communications Corp. SCR3310-NTTCom USB SmartCard Reader|5113 SCM Microsystems Inc. SCR33x USB Smart Card Reader
04e6: 5115 SCM Microsystems Inc. SCR 335|5117 SCM Microsystems Inc. SCR3320 - Smart Card Reader
04e6: 5119 SCM Microsystems Inc. SCR3340 - ExpressCard54 Smart Card Reader|511f SCM Microsystems Inc. SCR3310 USB Smart Card Reader
04e6: 5120 SCM Microsystems Inc. SCR331-DI USB Smart Card Reader|5121 SCM Microsystems Inc. SDI010 Smart Card Reader
04e6: 512b SCM Microsystems Inc. SDI011 Contactless Reader|512c SCM Microsystems Inc. SDI011 Contactless Reader
04e6: 5291 SCM Microsystems Inc. SCL010 Contactless Reader|5293 SCM Microsystems Inc. SCL01x Contactless Reader
04e8: 0007 Softforum Co., Ltd XecureHSM
04f2: 0967 Chicony USB Smart Card Keyboard|1469 Chicony HP Skylab USB Smartcard Keyboard
0529: 0602 SafeNet eToken 7300|0620 SafeNet eToken 5100
054c: 0d8f SONY FeliCa RC-S660/U|0dc8 SONY FeliCa RC-S300/S|0dc9 SONY FeliCa RC-S300/P
058c: 9590 Generic EMV Smartcard Reader
058f: 9520 Alcor Micro AU9520|9522 Alcor Micro AU9522|9540 Alcor Micro AU9540
05af: 605a Sunrex HP USB Business Slim Smartcard CCID Keyboard
05e3: 0757 Genesys Logic CCID Card Reader|0758 Genesys Logic Combo Card Reader|0771 Genesys Logic CCID Card Reader
062d: 0001 THRC Smart Card Reader
072f: 90cc ACS ACR 38U-CCID|1204 ACS ACR101 ICC Reader|221a ACS ACR1251 Dual Reader|2224 ACS ACR1281U|223b ACS ACR1252 Dual Reader
072f: 223e ACS ACR1252 Reader|223f ACS ACR1255U-J1|2259 ACS ACR1252IMP Reader|8201 ACS APG8201 PINhandy 1|8202 ACS APG8201 USB Reader
072f: 8300 ACS ACR33 ICC Reader|90db ACS CryptoMate64|b000 ACS ACR3901U ICC Reader|b100 ACS ACR39U ICC Reader|b106 ACS CryptoMate (T2)
072f: b112 ACS CryptoMate EVO|2200 ACS ACR122U PICC Interface
073d: 0007 Eutron CryptoIdentity CCID|0008 Eutron CryptoIdentity CCID|0b00 Eutron Digipass 860|0c00 Eutron Card Reader|0c01 Eutron Smart Pocket
076b: 3021 OMNIKEY AG CardMan 3121|a022 Precise Biometrics Sense MC|3a21 Generic USB Smart Card Reader|3031 HID Global OMNIKEY 3x21 Smart Card Reader
076b: 5022 HID Global OMNIKEY 5022 Smart Card Reader|5023 HID Global OMNIKEY 5023 Smart Card Reader|5400 HID Global veriCLASS Reader
076b: 5412 HID Global OMNIKEY 5122 Smartcard Reader|5422 HID Global OMNIKEY 5422 Smartcard Reader|5432 HID Global OMNIKEY 5122 Dual
076b: 5a27 HID Global OMNIKEY 5027CK CCID CONFIG IF|6632 HID Global OMNIKEY 6121 Smart Card Reader|502a HID OMNIKEY 5025-CL|5127 HID OMNIKEY 5127 CK
076b: 5326 HID OMNIKEY 5326 DFR|5427 HID OMNIKEY 5427 CK|3b01 IonIDe Smartcard Reader|1021 OMNIKEY CardMan 1021|4321 OMNIKEY CardMan 4321
076b: 5321 OMNIKEY CardMan 5321|5421 OMNIKEY 5421|6321 OMNIKEY 6321 CLi USB|3022 OMNIKEY AG 3121 USB|3621 OMNIKEY AG CardMan 3621
076b: 3821 OMNIKEY AG CardMan 3821|5121 OMNIKEY AG CardMan 5121|5125 OMNIKEY AG CardMan 5125|6622 OMNIKEY AG CardMan 6121
076b: 6623 OMNIKEY AG 6121 USB mobile|a021 OMNIKEY AG Smart Card Reader
0783: 0006 C3PO LTC31 v2|0007 C3PO TLTC2USB|0009 C3PO KBR36|0010 C3PO LTC32|0036 C3PO LTC36|0003 C3PO LTC3x USB
079b: 0026 Morpho MSO350/MSO351 Fingerprint Sensor & SmartCard Reader|0052 Morpho MSO1350 Fingerprint Sensor & SmartCard Reader
0898: 0101 Gemalto RF CR5400
08ae: 0bdf Macally NFC CCID eNetPad
08c3: 0401 Precise Biometrics Precise 250 MC|0402 Precise Biometrics Precise 200 MC
08df: 0004 Spyrus Inc Rosetta USB|3115 Spyrus Inc WorkSafe Pro|3117 Spyrus Inc WorkSafe Pro|3201 Spyrus Inc PocketVault P-3X
08df: 3203 Spyrus Inc PocketVault P-3X
08e6: 1227 Gemalto PDT|3437 Gemalto PC Twin Reader|3438 Gemalto USB Shell Token V2|3478 Gemalto USB GemPCPinpad SmartCard Reader
08e6: 3480 Gemalto GemCore SIM Pro Smart Card Reader|34c0 Gemalto Ezio Shield|34c3 Gemalto EZIO CB+|4433 Gemalto Gemplus USB SmartCard Reader 433-Swap
08e6: 5503 Gemalto Prox Dual USB PC Link Reader|5504 Gemalto Prox SU USB PC LinkReader|8000 Gemalto Smart Enterprise Guardian Secure USB Device
08e6: 8141 Gemalto IDBridge K3000|1359 Verisign Secure Storage Token|ace0 Verisign Secure Token|3440 GEMALTO CT1100
08e6: 2202 Gemalto Gem e-Seal Pro USB Token|34c1 Gemalto Ezio Shield Secure Channel|34c2 Gemalto Ezio Shield|34c5 Gemalto Ezio Shield Branch Reader
08e6: 34ec Gemalto GemPC Express|4042 Gemalto SA .NET Dual|5743 Gemalto Hybrid Smartcard Reader
08e6: 8108 Gemalto Smart Enterprise Guardian Secure USB Device|3479 Gemplus GemCore POS Pro Smart Card Reader|34cc SafeNet eToken 5300
08e6: 34ce SafeNet eToken 5300 C|34cf SafeNet eToken 5110+ FIPS|34d2 SafeNet eToken Fusion|34c7 Thales Shield M4 Reader
0925: 900a LDU LANDI
096e: 0608 Feitian 502-CL|060d Feitian R502|0621 Feitian BLE CCID Dongle|0622 Feitian VR504 VHBR Contactless & Contact Card Reader|0623 Feitian bR500
096e: 0624 Feitian bR301|062e Feitian R701|0685 Feitian R805|0807 Feitian ePass2003|080f Feitian eJAVA Token|0619 FEITIAN iR301|061a FEITIAN bR301
096e: 061c FEITIAN iR301|0505 Feitian Technologies FT SCR310|080a FT ePass2003Auto|0853 FT U2F CCID KB|0855 FT CCID KB|0856 FT U2F CCID|0859 FT CCID
096e: 0867 FT Biopass FIDO2|0868 FT Biopass KB FIDO CCID|0869 FT Biopass KB CCID|086c FT Biopass CCID|0603 PIVKey T800|0503 Feitian SCR301
0973: 0003 SchlumbergerSema SchlumbergerSema Cyberflex Access
0982: 0007 COVADIS ALYA|0008 COVADIS VEGA-ALPHA|0040 COVADIS Auriga
09be: 0002 MYSMART MySMART PAD V2.0
09c3: 0013 ActivIdentity USB Reader V3|0014 ActivIdentity Activkey_Sim|0028 HID Global Crescendo Key|0029 HID Global Crescendo Key
09c3: 002b HID Global Crescendo Key|002d HID Global Crescendo Key|0008 ActivCard ActivCard USB Reader V2
09d8: 0427 Elatec TWN4 SmartCard NFC|0428 Elatec TWN4/B1.06/CPF3.05/S1SC1.32/P (Beta 3)
0a5c: 5802 Broadcom Corp 5880|5804 Broadcom Corp 5880|5832 Broadcom Corp 5880|5833 Broadcom Corp 5880|5834 Broadcom Corp 5880|5842 Broadcom Corp 58200
0a5c: 5843 Broadcom Corp 58200|5844 Broadcom Corp 58200|5845 Broadcom Corp 58200|5800 Broadcom Corp 5880|5801 Broadcom Corp 5880
0a5c: 5805 Broadcom Corp 5880
0a89: 0025 Aktiv Rutoken lite|0030 Aktiv Rutoken ECP|0069 Aktiv Rutoken SCR 3001 Reader|0080 Aktiv PINPad Ex|0081 Aktiv PINPad In
0a89: 0082 Aktiv Rutoken PINPad 2|0060 Aktiv Co., ProgramPark Rutoken Magistra
0b0c: 0050 Todos Argos Mini II|0052 Todos CX00
0b81: 0200 id3 Semiconductors CL1356T|0220 id3 Semiconductors CL1356A_HID|8007 Secure Device Solutions DOMINO-Key TWIN
0b97: 7762 O2 Micro Oz776|7772 O2 Micro Oz776
0bda: 0169 Generic USB2.0-CRW|0161 MSI StarReader SMART|0165 Generic Smart Card Reader Interface
0bf8: 1022 Fujitsu Keyboard KB100 SCR|1023 Fujitsu Keyboard KB100 SCR eSIG|1024 Fujitsu Smartcard Reader D323
0bf8: 1005 Fujitsu Siemens Computers SmartCard Keyboard USB 2A|1006 Fujitsu Siemens Computers SmartCard USB 2A
0bf8: 1017 FujitsuTechnologySolutions GmbH SmartCase KB SCR eSIG|1021 FujitsuTechnologySolutions GmbH Keyboard KB SCR2
0c4b: 0504 REINER SCT cyberJack go|0520 REINER SCT tanJack Bluetooth|0551 REINER SCT tanJack USB|0580 REINER SCT cyberJack one
0c4b: 9102 REINER SCT cyberJack RFID basis
0ca6: 00a0 CASTLES EZCCID Smart Card Reader
0d46: 3001 KOBIL KAAN Base|3002 KOBIL KAAN Advanced|3003 KOBIL KAAN SIM III|3010 KOBIL EMV CAP - SecOVID Reader III|3014 KOBIL Systems Smart Token
0d46: 301d KOBIL Systems IDToken|4189 KOBIL Systems mIDentity 4smart|41a9 KOBIL Systems mIDentity 4smart AES|4289 KOBIL Systems mIDentity visual
0d46: 4389 KOBIL Systems mIDentity fullsize|43a9 KOBIL Systems mIDentity fullsize AES|4000 KOBIL Systems mIDentity M|4001 KOBIL Systems mIDentity XL
0db5: 0138 Access IS ePassport Reader|0160 Access IS NFC Smart Module|0164 Access IS NFC Smart Module|0170 Access IS ATR210|0180 Access IS ATR220
0db5: 0184 Access IS ATR220
0dc3: 1004 Athena ASE IIIe|1102 Athena ASEDrive IIIe KB|0900 Athena IDProtect Key v2|1007 Athena ASEDrive IIIe KB Bio PIV
0dc3: 1008 Athena ASEDrive IIIe Combo Bio PIV|100f Athena IDProtect Flash
0df6: 800a Sitecom Sitecom USB simcard reader MD-010
0e0f: 0004 VMware Virtual USB CCID
0e6a: 5083 Sysking MII136C
0f14: 003b INGENICO Leo|003d Ingenico WITEO USB Smart Card Reader|0011 XIRING XI-SIGN USB V2|0037 XIRING MyLeo|0038 XIRING Leo v2
0f1a: 0002 GIS Ltd SmartMouse USB
1050: 0111 Yubico Yubikey NEO OTP+CCID|0112 Yubico Yubikey NEO CCID|0115 Yubico Yubikey NEO U2F+CCID|0116 Yubico Yubikey NEO OTP+U2F+CCID
1050: 0404 Yubico YubiKey CCID|0405 Yubico YubiKey OTP+CCID|0406 Yubico YubiKey FIDO+CCID|0407 Yubico YubiKey OTP+FIDO+CCID
1059: 0017 Giesecke & Devrient GmbH StarSign Crypto USB Token|0019 Giesecke & Devrient GmbH StarSign CUT S
1059: 000c Giesecke & Devrient GmbH Star Sign Card Token 350 (ICCD)|000d Giesecke & Devrient GmbH Star Sign Card Token 550 (ICCD)
1206: 2105 SYNNIX STD200|2107 SYNNIX CL-2100R
1209: 2702 F-Secure Foundry USB Armory Mk II|beee SoloKeys Solo 2
1370: 0901 Swissbit Secure USB PU-50n SE/PE
13fe: c831 Route1 MobiKEY Fusion3
1403: 7506 InfoThink IT-500U Reader|750c INMAX DWR18 HC|750d INMAX DWR18 HPC|7502 mCore SCard-Reader
14cd: 8166 Rocketek RT-SCR1
14dd: 1006 Raritan D2CIM-DVUSB VM/CCID
15cf: 0019 Avtor SecureToken|001d Avtor SC Reader 371|0020 Avtor SecureToken
15e1: 2007 RSA RSA SecurID (R) Authenticator
163c: 0406 WatchCNPC USB CCID Key|0407 Watchdata USB Key|0417 Watchdata USB Key|0418 Watchdata USB Key|0a03 Watchdata W5181 
1677: 0025 HDZB uKeyCI800-K18
17b9: 400b Thales RF Reader
17ef: 1003 Lenovo Integrated Smart Card Reader|6007 Lenovo Lenovo USB Smartcard Keyboard|6055 Lenovo Lenovo USB Smartcard Keyboard
17ef: 6111 Lenovo Lenovo Smartcard Wired Keyboard II
1862: 0000 Teridian Semiconductors TSC12xxFV.09
1976: 0001 THURSBY SOFTWARE TSS-PK1
19a6: 0009 ubisys 13.56MHz RFID (CCID)
19c8: 0012 GoldKey Security PIV Token
19e7: 0002 charismathics plug'n'crypt CCID token
1a44: 0001 VASCO DP905v1.1|0101 VASCO DIGIPASS KEY 101|0112 VASCO DIGIPASS KEY 860|0115 VASCO DIGIPASS KEY 200|0117 VASCO DIGIPASS KEY 860
1a44: 0119 VASCO DIGIPASS KEY 200|0120 VASCO DIGIPASS KEY 202|0122 VASCO DIGIPASS KEY 202|0855 VASCO DP855|0865 VASCO DP865|0870 VASCO DIGIPASS 870
1a44: 0875 VASCO DIGIPASS 875|0920 VASCO DIGIPASS 920
1a74: b111 OBERTHUR TECHNOLOGIES ID-ONE TOKEN SLIM v2|6354 OCS ID-One Cosmo Card USB Smart Chip Device
1ac2: 0300 DESKO GmbH IDenty chrom|0302 DESKO GmbH PENTA Scanner
1b0e: 1078 BLUTRONICS BLUDRIVE II CCID|1079 BLUTRONICS BLUDRIVE II CCID|5a02 BLUTRONICS TAURUS NFC
1c34: afc0 AF Care One|afc1 AF Care One|afc2 AF Care Two|afc3 AF Care Two|afd0 Doctolib SR|afd1 Doctolib SR|afd2 Doctolib SR|afd3 Doctolib SR
1c34: 6012 SpringCard SpringCore|601a SpringCard SpringCore|6112 SpringCard E518|611a SpringCard E518|6122 SpringCard H518|612a SpringCard H518
1c34: 6132 SpringCard Puck|613a SpringCard Puck|7113 SpringCard CrazyWriter|7121 SpringCard CSB6 Basic|7123 SpringCard CSB6 Secure
1c34: 7124 SpringCard CSB6 Ultimate|7136 SpringCard EasyFinger Standard|7138 SpringCard EasyFinger Ultimate|7141 SpringCard Prox'N'Roll
1c34: 8141 SpringCard NFC'Roll|91b1 SpringCard H663 Series|a1a1 SpringCard H512 Series
1c6a: 7050 Regula RFID Reader
1cf0: 0001 Validy TokenA sl vt
1d50: 6141 sysmocom - s.f.m.c. GmbH sysmoOCTSIM
1db2: 0801 DUALi DE-620 Combi|080c DUALi DE-ABCM6 RFRW|088b DUALi DRAGON NFC READER
1e0d: 0013 Neowave Weneo|0033 Neowave Weneo|1023 Neowave Weneo|8033 Neowave Weneo
1fc9: 0102 InfoThink IT-102MU Reader|0107 NXP Pegoda 2 N|010b NXP PR533|0117 NXP PN7462AU CCID
1fd3: cc1d ASK-RFID CPL108
1ffa: 0002 ELYCTIS CL reader|000c Identive Technologies Multi-ISO HF Reader - USB
2021: 0001 AK910 CKey|0011 AK910 CKey|0101 AK910 IDONE
2022: 016c Infocrypt HWDSSL DEVICE
20a0: 42d4 Canokeys Canokey|4107 German Privacy Foundation Crypto Stick v1.2|4108 Nitrokey Nitrokey Pro|4109 Nitrokey Nitrokey Storage
20a0: 4211 Nitrokey Nitrokey Start|4230 Nitrokey Nitrokey HSM|42b2 Nitrokey Nitrokey 3
21ab: 0010 Planeta RC700-NFC CCID
234b: 0000 Free Software Initiative of Japan Gnuk
23a0: 0001 BIFIT USB-Token iBank2key|0002 BIFIT iBank2Key|0003 BIFIT iToken|0008 BIFIT ANGARA
23d8: 0603 CREATOR CRT-603(CZ1) CCR
23eb: 0003 TOPPAN FORMS CO.,LTD TC63CUT021
2406: 5003 appidkey GmbH ID50 -USB|5004 appidkey GmbH ID100L-USB-SC-Reader|5006 appidkey GmbH ID60-USB|6200 IID AT90S064 CCID READER
2406: 6300 Inside Secure VaultIC 420 Smart Object|6301 Inside Secure VaultIC 440 Smart Object|6302 Inside Secure VaultIC 460 Smart Object
2406: 6403 Inside Secure AT90SCR100|6404 Inside Secure AT90SCR050|6407 Inside Secure AT90SCR200|6303 INSIDE Secure VaultIC 405 Smart Object
2406: 6305 INSIDE Secure VaultIC 441 Smart Object
24a2: 0102 SafeTech SafeTouch
24dc: 0101 Aladdin R.D. JaCarta|0102 Aladdin R.D. JaCarta LT|0201 Aladdin R.D. JCR-770|0401 Aladdin R.D. JC-WebPass (JC600)|0402 Aladdin R.D. JaCarta
24dc: 0428 Aladdin R.D. JaCartaReader|0501 Aladdin R.D. JaCarta U2F (JC602)|100f Aladdin R.D. JaCarta Flash
257b: c305 DC.Ltd DC4 5CCID READER|d205 eID_R6 001 X8
25dd: 1101 Bit4id miniLector-s|1201 Bit4id cryptokey|2221 Bit4id iAM|2321 Bit4id CKey4|2341 Bit4id tokenME FIPS v3|2351 Bit4id Digital DNA Key
25dd: 2354 Bit4id Digital-DNA Key|2361 Bit4id Digital-DNA Key BT|2362 Bit4id Digital-DNA Key|2371 Bit4id TokenME EVO v2|3211 Bit4id miniLector AIR EVO
25dd: b001 Bit4id miniLector Blue|3111 bit4id miniLector-EVO|3403 BIT4ID miniLector AIR NFC v3|3503 BIT4ID mLector AIR DI V3
28b9: 0002 Kapsch TrafficCom USB SAM reader
2925: 700a Flight system consulting Incredist
2947: 0101 KAPELSE KAP-LINK
2a17: 0001 udea MILKO V1.
2a18: 5000 KACST HSID Reader|5001 KACST HSID Reader Single Storage|5002 KACST HSID Reader Dual Storage
2abe: 1003 Bluink Ltd. Bluink CCID
2c97: 0001 Ledger Nano S|0004 Ledger Nano X|0005 Ledger Nano SP|1009 Ledger Nano S|4009 Ledger Nano X|5009 Ledger Nano S Plus
2ce3: 9563 Alcor Link AK9563|9567 Alcor Link AK9567|9573 Alcor Link AK9572
2ce4: 5001 ESMART Reader ER433x ICC|5020 ESMART Reader ER773x Dual & 1S|7479 ESMART Token GOST
2d25: 0000 KRONEGGER NFC blue Reader Platform|0001 KRONEGGER Micro Core Platform
2dff: b601 Certgate GmbH AirID 2 USB|b602 Certgate GmbH ONEKEY ID 2 USB|1540 Unicept GmbH AirID USB|1543 Unicept GmbH AirID USB Dongle
2ee1: 0001 SAFETRUST SABRE SCR
2f76: 0906 KeyXentic Inc. KX906 Smart Card Reader
2fb0: 003a Infocrypt Token++ lite
2fd2: 0100 InfoCert WirelessKey
316d: 4c4b Purism, SPC Librem Key
316e: 0001 SPECINFOSYSTEMS DIAMOND token|0002 SPECINFOSYSTEMS DIAMOND PRO token|0003 SPECINFOSYSTEMS DIAMOND PLUS token
316e: 0010 SPECINFOSYSTEMS DIAMOND HSM
31aa: 0224 Circle Idaxis SecurePIV|0324 Circle CIR315|1000 Circle CIR115 ICC|1100 Circle CIR125 ICC|2000 Circle CIR215 PICC|2001 Circle CIR215 CL
31aa: 2100 Circle CIR215 CL|3000 Circle CIR315 Dual & 1S|3001 Circle CIR315|3002 Circle CIR315 CL|3003 Circle CIR315 DI|3100 Circle CIR315
31aa: 4000 Circle CIR415 CL & 1S|4001 Circle CIR415 CL|5000 Circle CIR515 ICC|6000 Circle CIR615 CL & 1S|6001 Circle CIR615 CL|7001 Circle CCR7115 ICC
31aa: 7003 Circle CCR7315|7004 Circle CIR315|7005 Circle CCR7125 ICC|7006 Circle CIR125-DOT ICC
32a3: 3201 GoTrust Idem Key
33b6: 0001 ArkSigner Connect2Sign
349e: 0300 TOKEN2 Molto2|0430 TOKEN2 MFA NFC Reader
356f: 22fc Sensyl SSC-NFC Reader|23fe Sensyl SSC-HV Reader
413c: 2100 Dell keyboard SK-3106|2101 Dell Dell Smart Card Reader Keyboard
4d55: 0010 Mulann PVT
8829: ccb2 CCB eSafeLD
a625: 0801 TianYu CCID Key TianYu CCID SmartKey|0810 Tianyu Smart Card Reader
c1a6: 0131 AvestUA AvestKey`;

export interface KnownReader {
  vendor: number;
  product: number;
  name: string;
}

/** The list above, parsed. */
export function bundledReaders(): KnownReader[] {
  return list
    .trim()
    .split('\n')
    .flatMap((line) => {
      const vendor = Number.parseInt(line.slice(0, 4), 16);
      return line
        .slice(6)
        .split('|')
        .map((item) => ({ vendor, product: Number.parseInt(item.slice(0, 4), 16), name: item.slice(5) }));
    });
}
