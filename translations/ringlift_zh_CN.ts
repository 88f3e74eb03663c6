<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CallBar</name>
    <message>
        <source>Back to the call with %1</source>
        <translation>返回与 %1 的通话</translation>
    </message>
</context>
<context>
    <name>CallControls</name>
    <message>
        <source>Unmute</source>
        <translation>取消静音</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Hide keypad</source>
        <translation>隐藏键盘</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Stay on phone</source>
        <translation>留在电话网</translation>
    </message>
    <message>
        <source>Keeps this call on the phone network</source>
        <translation>让这次通话留在电话网络上</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Call again by phone network</source>
        <translation>通过电话网络重新拨打</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>CallDetails</name>
    <message>
        <source>The other side is muted.</source>
        <translation>对方已静音。</translation>
    </message>
    <message>
        <source>Internet calls with this number are no longer paused.</source>
        <translation>与此号码的互联网通话已恢复。</translation>
    </message>
    <message>
        <source>Show the code</source>
        <translation>显示安全码</translation>
    </message>
    <message>
        <source>Move calls with this number …</source>
        <translation>转移与此号码的通话…</translation>
    </message>
    <message>
        <source>This call moved to the Internet, encrypted from phone to phone.</source>
        <translation>此通话已转到互联网，并在两部手机之间全程加密。</translation>
    </message>
</context>
<context>
    <name>CallHeader</name>
    <message>
        <source>%1 · %2</source>
        <comment>duration, quality of the connection</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>CallPage</name>
    <message>
        <source>Show the other pages</source>
        <translation>显示其他页面</translation>
    </message>
    <message>
        <source>The other side pressed %1</source>
        <translation>对方按了 %1</translation>
    </message>
</context>
<context>
    <name>CallText</name>
    <message>
        <source>Reconnecting…</source>
        <translation>正在重新连接…</translation>
    </message>
    <message>
        <source>Held by the other side</source>
        <translation>对方已保持通话</translation>
    </message>
    <message>
        <source>Phone network</source>
        <translation>电话网络</translation>
    </message>
    <message>
        <source>Internet, encrypted</source>
        <translation>互联网，已加密</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>The Internet connection is interrupted. Ringlift is restoring it.</source>
        <translation>互联网连接中断，Ringlift 正在恢复。</translation>
    </message>
    <message>
        <source>Both phones use Ringlift, so the call moved to the Internet, encrypted from phone to phone.</source>
        <translation>双方都使用 Ringlift，通话已转到互联网，并在两部手机之间端到端加密。</translation>
    </message>
    <message>
        <source>Both phones use Ringlift. The call is encrypted from phone to phone.</source>
        <translation>双方都使用 Ringlift。通话在两部手机之间端到端加密。</translation>
    </message>
    <message>
        <source>No microphone or loudspeaker is found. Connect one to hear and be heard.</source>
        <translation>找不到麦克风或扬声器。请连接设备，才能听到对方并让对方听到您。</translation>
    </message>
    <message>
        <source>Poor connection</source>
        <translation>连接质量差</translation>
    </message>
    <message>
        <source>Fair connection</source>
        <translation>连接质量一般</translation>
    </message>
    <message>
        <source>Good connection</source>
        <translation>连接质量好</translation>
    </message>
</context>
<context>
    <name>CompareSheet</name>
    <message>
        <source>Code for %1</source>
        <translation>给 %1 的安全码</translation>
    </message>
    <message>
        <source>Compare codes with %1</source>
        <translation>与 %1 比对安全码</translation>
    </message>
    <message>
        <source>The other side has not confirmed this phone yet. Read these digits to each other and compare them with those that the other phone shows.</source>
        <translation>对方尚未确认这部手机。请互相念出这些数字，并与对方手机上显示的进行比对。</translation>
    </message>
    <message>
        <source>Meet, or call each other over the phone network, and compare this code with the one that the other phone shows.</source>
        <translation>请当面或通过电话网络通话，将此安全码与对方手机上显示的进行比对。</translation>
    </message>
    <message>
        <source>This may not be the phone of the person you know. Internet calls with this number stay paused. Call over the phone network.</source>
        <translation>这可能不是您认识的人的手机。与此号码的互联网通话仍然暂停。请通过电话网络呼叫。</translation>
    </message>
    <message>
        <source>They are the same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>They differ</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>DialKey</name>
    <message>
        <source>Star</source>
        <translation>星号</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>井号</translation>
    </message>
</context>
<context>
    <name>DialPage</name>
    <message>
        <source>Register</source>
        <translation>注册</translation>
    </message>
    <message>
        <source>Your number is not registered, so all calls stay on the phone network.</source>
        <translation>您的号码尚未注册，因此所有通话都留在电话网络上。</translation>
    </message>
    <message>
        <source>Confirm the number</source>
        <translation>确认号码</translation>
    </message>
    <message>
        <source>Enter a number</source>
        <translation>输入号码</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>呼叫</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>删除最后一位</translation>
    </message>
    <message>
        <source>Recent calls</source>
        <translation>最近通话</translation>
    </message>
    <message>
        <source>SIM for this call</source>
        <translation>用于此通话的 SIM 卡</translation>
    </message>
</context>
<context>
    <name>DialText</name>
    <message>
        <source>The phone could not place this call. Check the number and the network, and try again.</source>
        <translation>手机无法拨出这个电话。请检查号码和网络后重试。</translation>
    </message>
    <message>
        <source>This device cannot call emergency services. Use a phone.</source>
        <translation>此设备无法拨打紧急电话。请使用手机或电话。</translation>
    </message>
    <message>
        <source>This link holds no phone number that can be dialled.</source>
        <translation>此链接中没有可以拨打的电话号码。</translation>
    </message>
    <message>
        <source>SIM %1</source>
        <translation>SIM 卡 %1</translation>
    </message>
    <message>
        <source>SIM %1 · …%2</source>
        <comment>ordinal, last digits of its number</comment>
        <translation>SIM 卡 %1 · …%2</translation>
    </message>
</context>
<context>
    <name>DisplayText</name>
    <message>
        <source>Unknown number</source>
        <translation>未知号码</translation>
    </message>
    <message>
        <source>Yesterday, %1</source>
        <translation>昨天 %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>date, time</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>FindingSentences</name>
    <message>
        <source>%1 is being asked for modems.</source>
        <translation>正在向 %1 查询调制解调器。</translation>
    </message>
    <message>
        <source>%1 cannot be asked for modems: the system&apos;s message bus is not there.</source>
        <translation>无法向 %1 查询调制解调器：系统消息总线不存在。</translation>
    </message>
    <message>
        <source>%1 is not running.</source>
        <translation>%1 没有运行。</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 没有响应。</translation>
    </message>
    <message>
        <source>%1 has no modem that can make calls.</source>
        <translation>%1 没有可以打电话的调制解调器。</translation>
    </message>
    <message>
        <source>%1 has a modem that can make calls.</source>
        <translation>%1 有可以打电话的调制解调器。</translation>
    </message>
</context>
<context>
    <name>HandOverChoice</name>
    <message>
        <source>When trusted</source>
        <translation>信任时</translation>
    </message>
    <message>
        <source>When it rings</source>
        <translation>响铃时</translation>
    </message>
    <message>
        <source>When answered</source>
        <translation>接听时</translation>
    </message>
    <message>
        <source>Move calls to this person</source>
        <translation>转移拨给此人的通话</translation>
    </message>
    <message>
        <source>As soon as it rings at a phone that has proven itself, else when the call is answered.</source>
        <translation>对方手机已证实身份时，响铃即转移；否则在接听后转移。</translation>
    </message>
</context>
<context>
    <name>HealthCard</name>
    <message>
        <source>Ready for calls</source>
        <translation>来电准备</translation>
    </message>
    <message>
        <source>Would this phone catch a call right now? See what is in order, and what is missing.</source>
        <translation>这部手机现在能接管来电吗？查看哪些正常、哪些缺失。</translation>
    </message>
    <message>
        <source>See for yourself</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>HealthPage</name>
    <message>
        <source>Back to the settings</source>
        <translation>返回设置</translation>
    </message>
    <message>
        <source>Ready for calls</source>
        <translation>来电准备</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>What was checked</source>
        <translation>检查项目</translation>
    </message>
    <message>
        <source>Test call</source>
        <translation>测试通话</translation>
    </message>
    <message>
        <source>Calls a test partner of your server over the Internet and listens whether sound comes back. Your phone line and your microphone are not used.</source>
        <translation>通过互联网呼叫服务器的测试对象，并检查声音是否返回。不会使用您的电话线路和麦克风。</translation>
    </message>
    <message>
        <source>Calling…</source>
        <translation>正在呼叫…</translation>
    </message>
    <message>
        <source>Make a test call</source>
        <translation>进行测试通话</translation>
    </message>
</context>
<context>
    <name>HealthRow</name>
    <message>
        <source>%1: %2</source>
        <comment>what was checked, what came of it</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>HealthSentences</name>
    <message>
        <source>Ringlift sees the calls of this phone.</source>
        <translation>Ringlift 能看到这部手机的通话。</translation>
    </message>
    <message>
        <source>Ringlift is still looking for the modem.</source>
        <translation>Ringlift 仍在寻找调制解调器。</translation>
    </message>
    <message>
        <source>Wait a moment, then check again.</source>
        <translation>请稍等，然后再次检查。</translation>
    </message>
    <message>
        <source>The services of this device cannot be reached.</source>
        <translation>无法连接本设备的系统服务。</translation>
    </message>
    <message>
        <source>Restart this device.</source>
        <translation>请重启本设备。</translation>
    </message>
    <message>
        <source>The phone service of this device is not running.</source>
        <translation>本设备的电话服务没有运行。</translation>
    </message>
    <message>
        <source>Install or start ModemManager or oFono, or restart this device.</source>
        <translation>请安装或启动 ModemManager 或 oFono，或重启本设备。</translation>
    </message>
    <message>
        <source>The phone service of this device does not answer.</source>
        <translation>本设备的电话服务没有响应。</translation>
    </message>
    <message>
        <source>There is no modem that can make calls.</source>
        <translation>没有可以通话的调制解调器。</translation>
    </message>
    <message>
        <source>Switch the modem on, or connect one.</source>
        <translation>请打开或连接调制解调器。</translation>
    </message>
    <message>
        <source>This phone is not on the phone network.</source>
        <translation>这部手机未接入电话网络。</translation>
    </message>
    <message>
        <source>Switch off flight mode, and go where there is reception.</source>
        <translation>请关闭飞行模式，并前往有信号的地方。</translation>
    </message>
    <message>
        <source>Ringlift may end the phone call when it has moved to the Internet.</source>
        <translation>通话转移到互联网后，Ringlift 可以结束电话网络上的通话。</translation>
    </message>
    <message>
        <source>Ringlift may not end calls here, so your own calls stay on the phone network.</source>
        <translation>Ringlift 在此无权结束通话，因此您拨出的通话会留在电话网络上。</translation>
    </message>
    <message>
        <source>Allow Ringlift to manage calls in the settings of this device.</source>
        <translation>请在本设备的设置中允许 Ringlift 管理通话。</translation>
    </message>
    <message>
        <source>The SIM card is in its place.</source>
        <translation>SIM 卡已就位。</translation>
    </message>
    <message>
        <source>There is no SIM card that can be read.</source>
        <translation>没有可读取的 SIM 卡。</translation>
    </message>
    <message>
        <source>Insert your SIM card, and unlock it if it asks for its PIN.</source>
        <translation>请插入 SIM 卡；如果要求输入 PIN，请将其解锁。</translation>
    </message>
    <message>
        <source>The SIM card in this phone is another one than you registered.</source>
        <translation>手机中的 SIM 卡不是您注册的那张。</translation>
    </message>
    <message>
        <source>Insert the registered card, or delete the registration and register this one.</source>
        <translation>请插入已注册的卡，或删除注册后重新注册这张卡。</translation>
    </message>
    <message>
        <source>Your number is registered.</source>
        <translation>您的号码已注册。</translation>
    </message>
    <message>
        <source>Your number is not registered.</source>
        <translation>您的号码尚未注册。</translation>
    </message>
    <message>
        <source>Register it once, so that calls find you.</source>
        <translation>请注册一次，来电才能找到您。</translation>
    </message>
    <message>
        <source>The server no longer knows this phone; the number may be registered on another.</source>
        <translation>服务器不再认识这部手机；此号码可能已在另一部手机上注册。</translation>
    </message>
    <message>
        <source>Register it again on this phone.</source>
        <translation>请在这部手机上重新注册。</translation>
    </message>
    <message>
        <source>The server has accepted this phone.</source>
        <translation>服务器已接受这部手机。</translation>
    </message>
    <message>
        <source>The server has not been asked about this phone yet.</source>
        <translation>尚未向服务器查询这部手机。</translation>
    </message>
    <message>
        <source>Your number was registered with another SIM card. To protect it from theft, calls stay on the phone network for a while.</source>
        <translation>您的号码已用另一张 SIM 卡注册。为防止盗用，通话会在一段时间内留在电话网络上。</translation>
    </message>
    <message>
        <source>Wait. This ends by itself.</source>
        <translation>请等待，稍后会自动恢复。</translation>
    </message>
    <message>
        <source>The server wants to know again that this number is yours.</source>
        <translation>服务器需要再次确认此号码属于您。</translation>
    </message>
    <message>
        <source>Confirm the number.</source>
        <translation>请确认号码。</translation>
    </message>
    <message>
        <source>The server let this phone in.</source>
        <translation>服务器已让这部手机登录。</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>无法连接服务器。</translation>
    </message>
    <message>
        <source>Check your Internet connection, then check again.</source>
        <translation>请检查您的互联网连接，然后再次检查。</translation>
    </message>
    <message>
        <source>The server could not prove that it is the right one. Nothing was sent to it.</source>
        <translation>服务器无法证明自己的身份，没有向它发送任何内容。</translation>
    </message>
    <message>
        <source>Try another Internet connection, and ask the people who run the server.</source>
        <translation>请换一个互联网连接再试，并询问服务器的运营者。</translation>
    </message>
    <message>
        <source>The server turned the connection away.</source>
        <translation>服务器拒绝了连接。</translation>
    </message>
    <message>
        <source>Check again in a few minutes.</source>
        <translation>请几分钟后再次检查。</translation>
    </message>
    <message>
        <source>The server broke the connection off.</source>
        <translation>服务器中断了连接。</translation>
    </message>
    <message>
        <source>The server did not let this phone in.</source>
        <translation>服务器没有让这部手机登录。</translation>
    </message>
    <message>
        <source>Check again. If it stays so, register your number again.</source>
        <translation>请再次检查。如果仍然如此，请重新注册您的号码。</translation>
    </message>
    <message>
        <source>The server has not been tried since Ringlift was started.</source>
        <translation>自 Ringlift 启动以来尚未连接过服务器。</translation>
    </message>
    <message>
        <source>By your settings, calls may move over this connection.</source>
        <translation>按您的设置，通话可以通过此连接转移。</translation>
    </message>
    <message>
        <source>Moving calls is switched off.</source>
        <translation>通话转移已关闭。</translation>
    </message>
    <message>
        <source>Switch it on in the settings.</source>
        <translation>请在设置中打开。</translation>
    </message>
    <message>
        <source>You move calls on Wi-Fi only, and this phone is on mobile data.</source>
        <translation>您只在 Wi-Fi 下转移通话，而这部手机正在使用移动数据。</translation>
    </message>
    <message>
        <source>Connect to a Wi-Fi, or allow other connections in the settings.</source>
        <translation>请连接 Wi-Fi，或在设置中允许其他连接。</translation>
    </message>
    <message>
        <source>You move calls on free data only, and this connection may cost money.</source>
        <translation>您只在免费网络下转移通话，而该连接可能产生费用。</translation>
    </message>
    <message>
        <source>You do not move calls on mobile data while roaming, and this phone roams.</source>
        <translation>您在漫游时不通过移动数据转移通话，而这部手机正在漫游。</translation>
    </message>
    <message>
        <source>Connect to a Wi-Fi, or allow roaming in the settings.</source>
        <translation>请连接 Wi-Fi，或在设置中允许漫游。</translation>
    </message>
    <message>
        <source>There is no Internet connection.</source>
        <translation>没有互联网连接。</translation>
    </message>
    <message>
        <source>Connect to a Wi-Fi, or switch on mobile data.</source>
        <translation>请连接 Wi-Fi，或打开移动数据。</translation>
    </message>
    <message>
        <source>This device does not tell what connection it has.</source>
        <translation>本设备没有说明使用的是哪种连接。</translation>
    </message>
    <message>
        <source>This phone is on Wi-Fi.</source>
        <translation>这部手机正在使用 Wi-Fi。</translation>
    </message>
    <message>
        <source>This device is on a cable connection.</source>
        <translation>本设备正在使用有线连接。</translation>
    </message>
    <message>
        <source>This phone is on mobile data.</source>
        <translation>这部手机正在使用移动数据。</translation>
    </message>
    <message>
        <source>No call has come since Ringlift was started.</source>
        <translation>自 Ringlift 启动以来还没有来电。</translation>
    </message>
    <message>
        <source>The last call that rang was found on the server.</source>
        <translation>服务器上找到了最近一次来电。</translation>
    </message>
    <message>
        <source>Calls of this phone</source>
        <translation>本机通话</translation>
    </message>
    <message>
        <source>Permission</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>SIM card</source>
        <translation>SIM 卡</translation>
    </message>
    <message>
        <source>Registration</source>
        <translation>注册</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>账户状态</translation>
    </message>
    <message>
        <source>Your settings</source>
        <translation>您的设置</translation>
    </message>
    <message>
        <source>Internet connection</source>
        <translation>互联网连接</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>From the ring to the decision</source>
        <translation>从来电到决定</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>to be looked at</source>
        <translation>需要注意</translation>
    </message>
    <message>
        <source>not in order</source>
        <translation>不正常</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>The last call rang before it was decided whether it moves.</source>
        <translation>最近一次来电在决定是否转移之前就响铃了。</translation>
    </message>
    <message>
        <source>When the last call rang, the server could not be asked.</source>
        <translation>最近一次来电时无法询问服务器。</translation>
    </message>
    <message>
        <source>Your number has been registered since %1.</source>
        <translation>您的号码于 %1 注册。</translation>
    </message>
    <message>
        <source>The last call that rang stayed on the phone network, and that was decided in time.</source>
        <translation>最近一次来电留在电话网络上，并且及时做出了决定。</translation>
    </message>
    <message>
        <source>The server was not tried, because a call is going on.</source>
        <translation>由于正在通话，没有连接服务器。</translation>
    </message>
    <message>
        <source>The server was not tried, because your number is not registered.</source>
        <translation>由于您的号码尚未注册，没有连接服务器。</translation>
    </message>
    <message>
        <source>Calls would reach this device now.</source>
        <translation>现在可以呼叫到本设备。</translation>
    </message>
    <message>
        <source>Your phone would catch a call now.</source>
        <translation>您的手机现在能接管来电。</translation>
    </message>
    <message>
        <source>Perhaps calls would reach this device now.</source>
        <translation>现在也许可以呼叫到本设备。</translation>
    </message>
    <message>
        <source>Perhaps your phone would catch a call now.</source>
        <translation>您的手机现在也许能接管来电。</translation>
    </message>
    <message>
        <source>Calls would not reach this device now.</source>
        <translation>现在无法呼叫到本设备。</translation>
    </message>
    <message>
        <source>Your phone would not catch a call now.</source>
        <translation>您的手机现在不能接管来电。</translation>
    </message>
    <message>
        <source>Everything is in order.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>Everything is in order: calls with others who have Ringlift move to the Internet.</source>
        <translation>一切正常：与其他 Ringlift 用户的通话会转移到互联网。</translation>
    </message>
    <message>
        <source>In any case your phone rings as always, and you can talk over the phone network.</source>
        <translation>无论如何，您的手机都会照常响铃，您可以通过电话网络通话。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Ring of the phone app</source>
        <translation>电话应用的铃声</translation>
    </message>
    <message>
        <source>good to know</source>
        <translation>供您了解</translation>
    </message>
    <message>
        <source>It is being found out whether it can wait for the decision.</source>
        <translation>正在确认它能否等待决定。</translation>
    </message>
    <message>
        <source>It waits until it is decided whether the call moves.</source>
        <translation>它会等到决定通话是否转移之后。</translation>
    </message>
    <message>
        <source>It cannot wait here, so the phone may ring shortly before the call moves.</source>
        <translation>它在此无法等待，因此手机可能会在通话转移之前短暂响铃。</translation>
    </message>
    <message>
        <source>Check it now.</source>
        <translation>请立即检查。</translation>
    </message>
    <message>
        <source>A better Internet connection helps. Check now to try this one.</source>
        <translation>更好的互联网连接会有帮助。请立即检查以测试当前连接。</translation>
    </message>
    <message>
        <source>The test call worked. It was answered over the Internet after %1, and sound came back after %2.</source>
        <translation>测试通话成功。%1后通过互联网接通，声音在 %2后返回。</translation>
    </message>
    <message>
        <source>The test call was answered, but no sound came back.</source>
        <translation>测试通话已接通，但没有声音返回。</translation>
    </message>
    <message>
        <source>The test call was not answered; another phone may be testing now. Try again in a minute.</source>
        <translation>测试通话无人接听；可能有另一部手机正在测试。请一分钟后再试。</translation>
    </message>
    <message>
        <source>No way was found through this Internet connection. Try another one, such as a Wi-Fi.</source>
        <translation>此互联网连接无法接通。请换一个连接再试，例如 Wi-Fi。</translation>
    </message>
    <message>
        <source>Whoever answered could not prove to be the server&apos;s test partner. Ask the people who run the server.</source>
        <translation>接听方无法证明自己是服务器的测试对象。请询问服务器的运营者。</translation>
    </message>
    <message>
        <source>Your server offers no test calls now.</source>
        <translation>您的服务器目前不提供测试通话。</translation>
    </message>
    <message>
        <source>The server allows only a few test calls in an hour. Try again later.</source>
        <translation>服务器每小时只允许少量测试通话。请稍后再试。</translation>
    </message>
    <message>
        <source>There was no test call, because a call is going on.</source>
        <translation>由于正在通话，没有进行测试通话。</translation>
    </message>
    <message>
        <source>There are no test calls for an hour after an emergency call.</source>
        <translation>紧急呼叫后一小时内不进行测试通话。</translation>
    </message>
    <message>
        <source>The test call was ended for a call of yours.</source>
        <translation>测试通话已因您的通话而结束。</translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message>
        <source>Past calls</source>
        <translation>通话记录</translation>
    </message>
    <message>
        <source>Your calls will be listed here, with the network that carried each of them and why.</source>
        <translation>您的通话会列在这里，并说明每次通话使用了哪个网络以及原因。</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>History</source>
        <translation>通话记录</translation>
    </message>
    <message>
        <source>Delete the history</source>
        <translation>删除通话记录</translation>
    </message>
</context>
<context>
    <name>HistoryRow</name>
    <message>
        <source>Call %1</source>
        <translation>呼叫 %1</translation>
    </message>
    <message>
        <source>Whether calls with %1 move</source>
        <translation>是否转移与 %1 的通话</translation>
    </message>
</context>
<context>
    <name>HistoryText</name>
    <message>
        <source>Moved to the Internet</source>
        <translation>已转到互联网</translation>
    </message>
    <message>
        <source>Stayed on the phone network</source>
        <translation>留在电话网络上</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>未接</translation>
    </message>
</context>
<context>
    <name>IdentityActions</name>
    <message>
        <source>Compare codes</source>
        <translation>比对安全码</translation>
    </message>
    <message>
        <source>Confirm the new phone</source>
        <translation>确认对方的新手机</translation>
    </message>
</context>
<context>
    <name>IncomingPage</name>
    <message>
        <source>Incoming call from %1</source>
        <translation>%1 来电</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>This call moved to the Internet, encrypted from phone to phone.</source>
        <translation>此通话已转到互联网，并在两部手机之间全程加密。</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Hang up and close?</source>
        <translation>挂断并关闭？</translation>
    </message>
    <message>
        <source>A call is going on. It ends when you close Ringlift.</source>
        <translation>正在通话。关闭 Ringlift 会结束通话。</translation>
    </message>
    <message>
        <source>Hang up and close</source>
        <translation>挂断并关闭</translation>
    </message>
    <message>
        <source>Delete the history?</source>
        <translation>删除通话记录？</translation>
    </message>
    <message>
        <source>The list of your calls is deleted from this device.</source>
        <translation>您的通话列表将从本设备中删除。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete the registration?</source>
        <translation>删除注册？</translation>
    </message>
    <message>
        <source>The server forgets this phone. All calls stay on the phone network until you register again.</source>
        <translation>服务器将忘记这部手机。在您重新注册之前，所有通话都留在电话网络上。</translation>
    </message>
</context>
<context>
    <name>MoveQuestion</name>
    <message>
        <source>Move this call to the Internet? It is encrypted from phone to phone there.</source>
        <translation>要将此通话转到互联网吗？在那里会在两部手机之间全程加密。</translation>
    </message>
    <message>
        <source>Keep on phone</source>
        <translation>保留在电话网</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>转移</translation>
    </message>
</context>
<context>
    <name>MovesCard</name>
    <message>
        <source>When calls move</source>
        <translation>何时转移通话</translation>
    </message>
    <message>
        <source>Any</source>
        <comment>Internet connection</comment>
        <translation>任意</translation>
    </message>
    <message>
        <source>Wi-Fi only</source>
        <translation>仅 Wi-Fi</translation>
    </message>
    <message>
        <source>Free data only</source>
        <translation>仅免费网络</translation>
    </message>
    <message>
        <source>Internet connection</source>
        <translation>互联网连接</translation>
    </message>
    <message>
        <source>In another operator&apos;s network, such as abroad, mobile data may cost extra. Calls always move over Wi-Fi.</source>
        <translation>在其他运营商的网络中（例如在国外），移动数据可能产生额外费用。通过 Wi-Fi 始终可以转移通话。</translation>
    </message>
    <message>
        <source>Move calls on roaming data</source>
        <translation>漫游数据下也转移通话</translation>
    </message>
    <message>
        <source>Off</source>
        <comment>no notice</comment>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>提示音</translation>
    </message>
    <message>
        <source>Ask first</source>
        <translation>先询问</translation>
    </message>
    <message>
        <source>When a call moves</source>
        <translation>通话转移时</translation>
    </message>
</context>
<context>
    <name>NumberRuleRow</name>
    <message>
        <source>As set</source>
        <comment>as the settings say, for all numbers</comment>
        <translation>按设置</translation>
    </message>
    <message>
        <source>Always</source>
        <comment>calls with this number move</comment>
        <translation>始终</translation>
    </message>
    <message>
        <source>Never</source>
        <comment>calls with this number move</comment>
        <translation>从不</translation>
    </message>
    <message>
        <source>Ask me</source>
        <comment>whether this call is to move</comment>
        <translation>询问我</translation>
    </message>
    <message>
        <source>Move calls with this number</source>
        <translation>转移与此号码的通话</translation>
    </message>
</context>
<context>
    <name>NumberRulesCard</name>
    <message>
        <source>Numbers with their own rule</source>
        <translation>有单独规则的号码</translation>
    </message>
    <message>
        <source>None yet. You find the rule of a number beside its calls in the history.</source>
        <translation>暂无。您可以在通话记录中某个号码的通话旁找到其规则。</translation>
    </message>
    <message>
        <source>Always: without asking, and over any connection, but not on mobile data while roaming if you excluded that above.</source>
        <translation>始终：不经询问且使用任意连接，但若您在上面排除了漫游数据，则漫游时除外。</translation>
    </message>
</context>
<context>
    <name>OtherCalls</name>
    <message>
        <source>Show %1 · %2</source>
        <comment>number, state</comment>
        <translation>显示 %1 · %2</translation>
    </message>
</context>
<context>
    <name>PinLockCard</name>
    <message>
        <source>PIN lock</source>
        <translation>PIN 锁</translation>
    </message>
    <message>
        <source>A PIN protects your number: without it nobody can register it on another phone.</source>
        <translation>您的号码受 PIN 保护：没有它，任何人都无法在另一部手机上注册此号码。</translation>
    </message>
    <message>
        <source>With a PIN, nobody can register your number on another phone, even with your SIM card or its messages. You need it yourself when you change phones. The protection lapses when Ringlift has not been used here for a week.</source>
        <translation>设置 PIN 后，即使他人持有您的 SIM 卡或能看到其短信，也无法在另一部手机上注册您的号码。您自己更换手机时也需要它。如果此设备一周未使用 Ringlift，保护将失效。</translation>
    </message>
    <message>
        <source>New PIN, at least four digits</source>
        <translation>新 PIN，至少四位数字</translation>
    </message>
    <message>
        <source>The same PIN again</source>
        <translation>再次输入相同的 PIN</translation>
    </message>
    <message>
        <source>Save the PIN</source>
        <translation>保存 PIN</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>更改 PIN</translation>
    </message>
    <message>
        <source>Set a PIN</source>
        <translation>设置 PIN</translation>
    </message>
    <message>
        <source>Remove the PIN</source>
        <translation>移除 PIN</translation>
    </message>
</context>
<context>
    <name>PinLockText</name>
    <message>
        <source>The server did not accept this now. The PIN is as it was. Try again in a moment.</source>
        <translation>服务器暂未接受此更改，PIN 保持不变。请稍后重试。</translation>
    </message>
    <message>
        <source>The two PINs are not the same.</source>
        <translation>两次输入的 PIN 不一致。</translation>
    </message>
    <message>
        <source>A PIN has at least four digits and nothing else.</source>
        <translation>PIN 至少为四位数字，且只能包含数字。</translation>
    </message>
    <message>
        <source>The PIN is set. Whoever registers this number elsewhere needs it. Keep it well: nobody can tell it to you.</source>
        <translation>PIN 已设置。在别处注册此号码时需要它。请妥善保管：没有人能告诉您这个 PIN。</translation>
    </message>
    <message>
        <source>The PIN is removed.</source>
        <translation>PIN 已移除。</translation>
    </message>
</context>
<context>
    <name>RegisterForm</name>
    <message>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
</context>
<context>
    <name>RegisterPage</name>
    <message>
        <source>Enter the code</source>
        <translation>输入验证码</translation>
    </message>
    <message>
        <source>Enter your PIN</source>
        <translation>输入 PIN 码</translation>
    </message>
    <message>
        <source>Your phone number</source>
        <translation>您的手机号码</translation>
    </message>
    <message>
        <source>We sent a code of six digits to %1.</source>
        <translation>我们已向 %1 发送六位验证码。</translation>
    </message>
    <message>
        <source>This number is protected. Enter the PIN that was chosen when it was registered before.</source>
        <translation>此号码受保护。请输入之前注册时设置的 PIN 码。</translation>
    </message>
    <message>
        <source>Dial as you always do. When the other phone has Ringlift too, the call moves to the Internet, encrypted from phone to phone. Register once so that calls find you.</source>
        <translation>像平常一样拨号。如果对方也有 Ringlift，通话会转到互联网，并在两部手机之间全程加密。注册一次，来电就能找到您。</translation>
    </message>
    <message>
        <source>Send me a code</source>
        <translation>发送验证码</translation>
    </message>
    <message>
        <source>Mobile number with country code</source>
        <translation>手机号码（含国家代码）</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>验证码</translation>
    </message>
    <message>
        <source>Change the number</source>
        <translation>更改号码</translation>
    </message>
    <message>
        <source>Send a new code</source>
        <translation>重新发送验证码</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN 码</translation>
    </message>
</context>
<context>
    <name>RegistrationCard</name>
    <message>
        <source>This phone</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Registered as %1</source>
        <translation>已注册为 %1</translation>
    </message>
    <message>
        <source>Not registered. All calls stay on the phone network.</source>
        <translation>未注册。所有通话都留在电话网络上。</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>注册</translation>
    </message>
    <message>
        <source>Delete the registration</source>
        <translation>删除注册</translation>
    </message>
</context>
<context>
    <name>SasCard</name>
    <message>
        <source>To be sure who is on the line, read these digits to each other.</source>
        <translation>要确认对方身份，请互相读出这些数字。</translation>
    </message>
    <message>
        <source>Different</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>Same</source>
        <translation>相同</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Emergency calls always stay on the phone network.</source>
        <translation>紧急呼叫始终留在电话网络上。</translation>
    </message>
    <message>
        <source>Short service numbers always stay on the phone network.</source>
        <translation>服务短号始终留在电话网络上。</translation>
    </message>
    <message>
        <source>This is a code for your operator. It always stays on the phone network.</source>
        <translation>这是运营商功能代码，始终留在电话网络上。</translation>
    </message>
    <message>
        <source>Digits are sent after the number, as a menu or extension needs. Such calls stay on the phone network.</source>
        <translation>号码之后还要发送数字（例如语音菜单或分机号）。此类通话留在电话网络上。</translation>
    </message>
    <message>
        <source>This is not a complete phone number.</source>
        <translation>这不是完整的电话号码。</translation>
    </message>
    <message>
        <source>This phone is not registered yet.</source>
        <translation>这部手机尚未注册。</translation>
    </message>
    <message>
        <source>The server no longer knows this phone; the number may be registered on another. Register it again to move calls to the Internet.</source>
        <translation>服务器不再认识这部手机；此号码可能已在另一部手机上注册。要将通话转移到互联网，请重新注册。</translation>
    </message>
    <message>
        <source>You hid your number for this call. Ringlift does not reveal it.</source>
        <translation>您在这次通话中隐藏了号码，Ringlift 不会透露它。</translation>
    </message>
    <message>
        <source>The caller hides their number.</source>
        <translation>来电者隐藏了号码。</translation>
    </message>
    <message>
        <source>The phone network passed on no usable number of the caller.</source>
        <translation>电话网络没有提供可用的来电号码。</translation>
    </message>
    <message>
        <source>Moving calls is switched off in the settings.</source>
        <translation>设置中已关闭通话转移。</translation>
    </message>
    <message>
        <source>This call was just placed again over the phone network.</source>
        <translation>这次通话刚刚通过电话网络重新拨出。</translation>
    </message>
    <message>
        <source>The Ringlift server could not be reached in time.</source>
        <translation>未能及时连接到 Ringlift 服务器。</translation>
    </message>
    <message>
        <source>The server could not prove that it is the right one.</source>
        <translation>服务器无法证明自己的身份。</translation>
    </message>
    <message>
        <source>The server did not accept this call.</source>
        <translation>服务器没有接受这次通话。</translation>
    </message>
    <message>
        <source>The other phone did not respond through Ringlift. It may not have the app, or be offline.</source>
        <translation>对方手机没有通过 Ringlift 响应。它可能没有安装本应用，或者处于离线状态。</translation>
    </message>
    <message>
        <source>The other side has a new phone or SIM card. Internet calls with this number are paused until you confirm it.</source>
        <translation>对方换了手机或 SIM 卡。在您确认之前，与此号码的互联网通话暂停。</translation>
    </message>
    <message>
        <source>The phone network did not say who is calling, and you have not talked to this person over the Internet before.</source>
        <translation>电话网络没有说明来电者是谁，而且您之前没有与此人通过互联网通话。</translation>
    </message>
    <message>
        <source>The two phones could not agree on a secret key.</source>
        <translation>两部手机未能就密钥达成一致。</translation>
    </message>
    <message>
        <source>The two phones could not reach each other over the Internet.</source>
        <translation>两部手机无法通过互联网相互连接。</translation>
    </message>
    <message>
        <source>The call was answered on the phone network first.</source>
        <translation>通话先在电话网络上接通了。</translation>
    </message>
    <message>
        <source>The other side kept the call on the phone network.</source>
        <translation>对方让通话留在电话网络上。</translation>
    </message>
    <message>
        <source>You chose to stay on the phone network.</source>
        <translation>您选择了留在电话网络上。</translation>
    </message>
    <message>
        <source>The phone did not report the state of the call, so nothing was changed.</source>
        <translation>手机没有报告通话状态，因此未作任何更改。</translation>
    </message>
    <message>
        <source>The phone call ended before it could move.</source>
        <translation>通话在转移之前就结束了。</translation>
    </message>
    <message>
        <source>The ringing phone call did not end as expected, so nothing was changed.</source>
        <translation>响铃中的来电没有按预期结束，因此未作任何更改。</translation>
    </message>
    <message>
        <source>The Internet connection broke off.</source>
        <translation>互联网连接断开了。</translation>
    </message>
    <message>
        <source>For an hour after an emergency call, all calls stay on the phone network.</source>
        <translation>紧急呼叫后的一小时内，所有通话都留在电话网络上。</translation>
    </message>
    <message>
        <source>You called each other at the same moment. The other call was kept.</source>
        <translation>你们同时呼叫了对方，保留了另一通电话。</translation>
    </message>
    <message>
        <source>The other side has to confirm your new phone first.</source>
        <translation>对方需要先确认您的新手机。</translation>
    </message>
    <message>
        <source>Something was not as it has to be, so the call was kept on the phone network.</source>
        <translation>有些情况不符合要求，因此通话保留在电话网络上。</translation>
    </message>
    <message>
        <source>You hung up.</source>
        <translation>您已挂断。</translation>
    </message>
    <message>
        <source>The other side hung up.</source>
        <translation>对方已挂断。</translation>
    </message>
    <message>
        <source>You declined the call.</source>
        <translation>您拒绝了来电。</translation>
    </message>
    <message>
        <source>The other side declined the call.</source>
        <translation>对方拒绝了通话。</translation>
    </message>
    <message>
        <source>You missed this call.</source>
        <translation>您错过了这个来电。</translation>
    </message>
    <message>
        <source>Nobody answered.</source>
        <translation>无人接听。</translation>
    </message>
    <message>
        <source>The line is busy.</source>
        <translation>线路忙。</translation>
    </message>
    <message>
        <source>The call could not be connected.</source>
        <translation>通话无法接通。</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>连接已断开。</translation>
    </message>
    <message>
        <source>First Internet calls with this number. Compare the digits to be sure.</source>
        <translation>与此号码的首次互联网通话。请比对数字以确认。</translation>
    </message>
    <message>
        <source>The phone network confirmed that this is the right phone.</source>
        <translation>电话网络已确认这是正确的手机。</translation>
    </message>
    <message>
        <source>You verified this person.</source>
        <translation>您已验证此人。</translation>
    </message>
    <message>
        <source>Calling…</source>
        <translation>正在呼叫…</translation>
    </message>
    <message>
        <source>Ringing…</source>
        <translation>正在响铃…</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已接通</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>通话保持</translation>
    </message>
    <message>
        <source>Call ended</source>
        <translation>通话结束</translation>
    </message>
    <message>
        <source>The phone does not report the state of this call.</source>
        <translation>手机没有报告这次通话的状态。</translation>
    </message>
    <message>
        <source>Contacting the server…</source>
        <translation>正在联系服务器…</translation>
    </message>
    <message>
        <source>Looking for the other phone on the Internet…</source>
        <translation>正在互联网上寻找对方手机…</translation>
    </message>
    <message>
        <source>Found the other phone. Agreeing on a secret key…</source>
        <translation>已找到对方手机，正在协商密钥…</translation>
    </message>
    <message>
        <source>Encrypted. Looking for a way between the phones…</source>
        <translation>已加密，正在寻找两部手机之间的线路…</translation>
    </message>
    <message>
        <source>The Internet connection is ready.</source>
        <translation>互联网连接已就绪。</translation>
    </message>
    <message>
        <source>The other phone is ringing over the Internet.</source>
        <translation>对方手机正通过互联网响铃。</translation>
    </message>
    <message>
        <source>Answered over the Internet.</source>
        <translation>已通过互联网接听。</translation>
    </message>
    <message>
        <source>The Internet connection is closed.</source>
        <translation>互联网连接已关闭。</translation>
    </message>
    <message>
        <source>This is not a mobile number. Enter it with its country code, such as +49 1555 0123456.</source>
        <translation>这不是手机号码。请输入含国家代码的号码，例如 +86 138 0013 8000。</translation>
    </message>
    <message>
        <source>Emergency and service numbers cannot be registered.</source>
        <translation>紧急号码和服务号码不能注册。</translation>
    </message>
    <message>
        <source>The server cannot be reached. Check your Internet connection and try again.</source>
        <translation>无法连接服务器。请检查互联网连接后重试。</translation>
    </message>
    <message>
        <source>The server could not prove that it is the right one. Nothing was sent to it.</source>
        <translation>服务器无法证明自己的身份，没有向它发送任何内容。</translation>
    </message>
    <message>
        <source>The server did not accept the registration.</source>
        <translation>服务器没有接受注册。</translation>
    </message>
    <message>
        <source>There were too many tries for this number.</source>
        <translation>此号码的尝试次数过多。</translation>
    </message>
    <message>
        <source>This code is not right.</source>
        <translation>验证码不正确。</translation>
    </message>
    <message>
        <source>This code is no longer valid. Ask for a new one.</source>
        <translation>验证码已失效，请重新获取。</translation>
    </message>
    <message>
        <source>This number is protected by a PIN.</source>
        <translation>此号码受 PIN 码保护。</translation>
    </message>
    <message>
        <source>There is no SIM card in this phone.</source>
        <translation>这部手机中没有 SIM 卡。</translation>
    </message>
    <message>
        <source>The server no longer knows this phone; the number may be registered on another.</source>
        <translation>服务器不再认识这部手机；此号码可能已在另一部手机上注册。</translation>
    </message>
    <message>
        <source>Your number was registered with another SIM card. To protect it from theft, calls stay on the phone network for a day.</source>
        <translation>您的号码已用另一张 SIM 卡注册。为防止号码被盗用，通话将在一天内留在电话网络上。</translation>
    </message>
    <message>
        <source>Confirm again that this number is yours. Until you do, calls may stay on the phone network.</source>
        <translation>请再次确认此号码属于您。在此之前，通话可能会留在电话网络上。</translation>
    </message>
    <message>
        <source>The registration was not deleted.</source>
        <translation>注册未被删除。</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>The data of Ringlift cannot be read or written. Check the free space and the permissions of its folder, and try again. Until then all calls stay on the phone network.</source>
        <translation>无法读写 Ringlift 的数据。请检查其文件夹的剩余空间和权限，然后重试。在此之前，所有通话都留在电话网络上。</translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n second(s).</source>
        <translation>
            <numerusform>请在 %n 秒后重试。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n minute(s).</source>
        <translation>
            <numerusform>请在 %n 分钟后重试。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try again in %n hour(s).</source>
        <translation>
            <numerusform>请在 %n 小时后重试。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tries left.</source>
        <translation>
            <numerusform>还可以尝试 %n 次。</numerusform>
        </translation>
    </message>
    <message>
        <source>This device has no keyring for secrets. Choose a passphrase that protects them in a file, or set up a keyring and try again. Until then all calls stay on the phone network.</source>
        <translation>本设备没有用于保存密钥的密钥环。请设置一个密码短语来保护文件中的密钥，或者设置密钥环后重试。在此之前，所有通话都留在电话网络上。</translation>
    </message>
    <message>
        <source>The keyring that holds the secrets of this device is locked. Unlock it and try again. Until then all calls stay on the phone network.</source>
        <translation>保存本设备密钥的密钥环已锁定。请解锁后重试。在此之前，所有通话都留在电话网络上。</translation>
    </message>
    <message>
        <source>You move calls on Wi-Fi only, and this phone was on mobile data.</source>
        <translation>您只在 Wi-Fi 下转移通话，而当时本机使用的是移动数据。</translation>
    </message>
    <message>
        <source>You move calls on free data only, and this connection may cost money.</source>
        <translation>您只在免费网络下转移通话，而该连接可能产生费用。</translation>
    </message>
    <message>
        <source>You do not move calls on mobile data while roaming.</source>
        <translation>您在漫游时不通过移动数据转移通话。</translation>
    </message>
    <message>
        <source>You chose never to move calls with this number.</source>
        <translation>您选择了从不转移与此号码的通话。</translation>
    </message>
    <message>
        <source>You were asked whether to move this call, and it was answered first.</source>
        <translation>曾询问您是否转移此通话，但通话先被接听了。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>When both phones have Ringlift, calls move to an encrypted Internet connection.</source>
        <translation>双方都有 Ringlift 时，通话会转到加密的互联网连接。</translation>
    </message>
    <message>
        <source>Move calls to the Internet</source>
        <translation>将通话转到互联网</translation>
    </message>
    <message>
        <source>Also when the phone network does not say who is calling, as long as the server knows only one possible caller and you have talked to that person over the Internet before.</source>
        <translation>即使电话网络没有说明来电者，只要服务器只知道一个可能的来电者，并且您之前与此人通过互联网通过话，也会转移。</translation>
    </message>
    <message>
        <source>Move calls without caller ID</source>
        <translation>转移没有来电显示的通话</translation>
    </message>
    <message>
        <source>When the Internet connection breaks during a call, call again over the phone network without asking. Your operator&apos;s usual price applies.</source>
        <translation>通话中互联网连接断开时，不再询问，直接通过电话网络重新拨打。运营商会按正常资费收费。</translation>
    </message>
    <message>
        <source>Call again automatically</source>
        <translation>自动重新拨打</translation>
    </message>
    <message>
        <source>On a device without a SIM card, calls from people you never talked to are turned away.</source>
        <translation>在没有 SIM 卡的设备上，从未与您通过话的人的来电会被拒绝。</translation>
    </message>
    <message>
        <source>Only people I know may call this computer</source>
        <translation>只允许我认识的人呼叫这台电脑</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>System</source>
        <comment>the appearance of the system</comment>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
</context>
<context>
    <name>SettingsText</name>
    <message>
        <source>System</source>
        <comment>the language of the system</comment>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Your server has no relay, so calls run straight between the phones. The other phone sees your Internet address as soon as a call is matched, even before anyone answers.</source>
        <translation>您的服务器没有中继，通话直接在两部手机之间进行。一旦通话匹配成功，对方手机就能看到您的互联网地址，即使还没有人接听。</translation>
    </message>
    <message>
        <source>The call moves without a word. The history tells it afterwards.</source>
        <translation>通话会静默转移，之后可在通话记录中查看。</translation>
    </message>
    <message>
        <source>A line on the screen tells that the call has moved.</source>
        <translation>屏幕上会显示一行文字，说明通话已转移。</translation>
    </message>
    <message>
        <source>A short tone tells that the call has moved, and a line on the screen.</source>
        <translation>会播放一声短提示音并在屏幕上显示一行文字，说明通话已转移。</translation>
    </message>
    <message>
        <source>Nothing moves before you have said yes. Until then the call goes on over the phone network.</source>
        <translation>在您同意之前不会转移。在此之前通话继续使用电话网络。</translation>
    </message>
    <message>
        <source>This device does not tell what kind of Internet connection it has, so this choice has no effect.</source>
        <translation>此设备不提供互联网连接的类型，因此该选项不起作用。</translation>
    </message>
    <message>
        <source>There is no Internet connection now.</source>
        <translation>目前没有互联网连接。</translation>
    </message>
    <message>
        <source>Now on Wi-Fi that may cost money, such as that of another phone.</source>
        <translation>目前使用可能产生费用的 Wi-Fi，例如其他手机的热点。</translation>
    </message>
    <message>
        <source>Now on Wi-Fi.</source>
        <translation>目前使用 Wi-Fi。</translation>
    </message>
    <message>
        <source>Now on a cable connection that may cost money.</source>
        <translation>目前使用可能产生费用的有线连接。</translation>
    </message>
    <message>
        <source>Now on a cable connection.</source>
        <translation>目前使用有线连接。</translation>
    </message>
    <message>
        <source>Now on mobile data, roaming.</source>
        <translation>目前使用移动数据，处于漫游状态。</translation>
    </message>
    <message>
        <source>Now on mobile data that is free.</source>
        <translation>目前使用免费的移动数据。</translation>
    </message>
    <message>
        <source>Now on mobile data, which may cost money.</source>
        <translation>目前使用移动数据，可能产生费用。</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Dial pad</source>
        <translation>拨号盘</translation>
    </message>
    <message>
        <source>History</source>
        <translation>通话记录</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Use this passphrase</source>
        <translation>使用此密码短语</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密码短语</translation>
    </message>
</context>
<context>
    <name>StartText</name>
    <message>
        <source>This passphrase is not right.</source>
        <translation>密码短语不正确。</translation>
    </message>
    <message>
        <source>The secrets of this device are protected by your passphrase. Enter it to go on. Until then all calls stay on the phone network.</source>
        <translation>本设备的密钥受您的密码短语保护。请输入密码短语以继续。在此之前，所有通话都留在电话网络上。</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Register</source>
        <translation>注册</translation>
    </message>
    <message>
        <source>Confirm the number</source>
        <translation>确认号码</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>打开设置</translation>
    </message>
</context>
</TS>
